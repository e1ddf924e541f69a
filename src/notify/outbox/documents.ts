import type { z } from 'zod';
import { MaskloopError } from '../../contracts/error.ts';
import { jsonOf } from '../../storage/json-of.ts';
import type { ArtifactStore } from '../../storage/store.ts';

/** What the outbox needs of the store. */
export type OutboxStore = Pick<ArtifactStore, 'createNamed' | 'putNamed' | 'getNamed' | 'removeNamed' | 'listNamed'>;

/** The bytes of a document. */
export function documentBytes(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}

/**
 * Reads a document; null if there is none.
 *
 * @throws MaskloopError `ArtifactCorrupt` for one of another form
 */
export async function readNamed<T>(store: OutboxStore, name: string, schema: z.ZodType<T>): Promise<T | null> {
  const bytes = await store.getNamed(name);
  if (bytes === null) return null;
  const parsed = schema.safeParse(jsonOf(bytes));
  if (parsed.success) return parsed.data;
  throw new MaskloopError('ArtifactCorrupt', `${name} is no document of notices that this version knows.`, {
    facts: { name },
  });
}
