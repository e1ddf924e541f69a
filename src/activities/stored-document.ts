import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import { jsonOf } from '../storage/json-of.ts';

/**
 * Reads a JSON document of the store.
 *
 * @returns null for what is not JSON, or of another form
 */
export function parsedOrNull<T>(bytes: Uint8Array, schema: z.ZodType<T>): T | null {
  return schema.safeParse(jsonOf(bytes)).data ?? null;
}

/**
 * Reads a JSON document of the store that has to be sound.
 *
 * @param document its name, and what it is, for people
 * @throws MaskloopError `ArtifactCorrupt`
 */
export function parsedDocument<T>(
  bytes: Uint8Array,
  schema: z.ZodType<T>,
  { name, what }: { readonly name: string; readonly what: string },
): T {
  const parsed = schema.safeParse(jsonOf(bytes));
  if (parsed.success) return parsed.data;
  throw new MaskloopError('ArtifactCorrupt', `${name} is not ${what} that this version knows.`, {
    facts: { name, problem: z.prettifyError(parsed.error) },
  });
}
