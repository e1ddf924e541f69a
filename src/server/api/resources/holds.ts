import * as api from '../../../api/endpoints/holds.ts';
import { MaskloopError } from '../../../contracts/error.ts';
import { endHold, listHolds, writeHold } from '../../../holds/holds.ts';
import type { LoopRow } from '../../../operations/loops/find-loops.ts';
import { sees } from '../../access/principal.ts';
import type { ApiParts } from '../api-parts.ts';
import type { Serve } from '../serve.ts';

/** Servers that are held for maintenance. */
export function serveHolds(serve: Serve, { operations, index, store, connectionNames }: ApiParts): void {
  serve(api.listHolds, async ({ who }) => {
    const holds = await listHolds(store, Date.now());
    return { holds: holds.filter(({ connection }) => sees(who, connection)) };
  });
  serve(api.holdServer, async ({ body, by }) => {
    const at = new Date();
    if (Date.parse(body.until) <= at.getTime()) {
      throw new MaskloopError('RequestInvalid', `A hold cannot end at ${body.until}, which has passed.`, {
        facts: { until: body.until },
      });
    }
    const { connection } = body;
    const known = connectionNames?.() ?? null;
    if (known !== null && !known.includes(connection)) {
      throw new MaskloopError('ConnectionUnknown', `There is no connection named "${connection}".`, {
        facts: { connection },
      });
    }
    await writeHold(store, { ...body, by, at: at.toISOString() });
  });
  serve(api.unholdServer, async ({ body, by }) => {
    const wasHeld = await endHold(store, body, Date.now());
    const { connection } = body;
    for (const { id } of [...(await waitingIterations(connection)), ...(await waitingLoops(connection))]) {
      // One that has ended meanwhile, or whose Temporal is away, looks by itself.
      await operations.steer({ id, what: 'wake', sender: { by } }).catch(() => undefined);
    }
    return { wasHeld };
  });

  // The hold has ended: what keeps the server from finding those that wait is no failure of that.
  const waitingIterations = (connection: string): Promise<readonly Pick<LoopRow, 'id'>[]> =>
    index.running({ connection, waitingFor: 'server' }, () => true).catch(() => []);
  const waitingLoops = async (connection: string): Promise<readonly LoopRow[]> => {
    const rows = await operations.loops.list().catch(() => []);
    return rows.filter((row) => row.waitingFor === 'server' && row.connection === connection);
  };
}
