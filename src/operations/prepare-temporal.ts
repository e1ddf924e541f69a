import { connectTemporal } from './connect.ts';
import { setRetention } from './retention.ts';
import { ensureSearchAttributes } from './search-attributes.ts';

/** Closed runs stay visible for a year; what is older is in receipts. */
const RETENTION_DAYS = 365;

/**
 * Makes a Temporal of our own ready for iterations: search attributes and a long retention. May be repeated.
 *
 * @param temporal.address `host:port`, reached without TLS
 * @throws MaskloopError `TemporalUnreachable`, `SearchAttributesMissing`
 */
export async function prepareTemporal(temporal: { address: string; namespace: string }): Promise<void> {
  const { client, close } = await connectTemporal({ ...temporal, connectionOptions: {} });
  try {
    await ensureSearchAttributes({ connection: client.connection, namespace: temporal.namespace });
    await setRetention(client, RETENTION_DAYS);
  } finally {
    await close();
  }
}
