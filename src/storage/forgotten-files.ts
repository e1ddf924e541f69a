import { MaskloopError } from '../contracts/error.ts';
import { tombstoneName } from '../contracts/ids.ts';
import type { ArtifactStore } from './store.ts';

/** SHA-256 of everything that was forgotten on purpose. */
export async function forgottenHashes(store: ArtifactStore): Promise<ReadonlySet<string>> {
  const prefix = tombstoneName('');
  return new Set((await store.listNamed(prefix)).map((name) => name.slice(prefix.length)));
}

/**
 * The refusal of files whose content was forgotten.
 *
 * @param where what holds them, for people
 * @param names of the files, at least one
 */
export function frameForgotten(where: string, names: readonly string[]): MaskloopError {
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  const text = names
    .slice(0, 5)
    .map((name) => `"${name}"`)
    .join(', ');
  return new MaskloopError('FrameForgotten', `${where} has what was forgotten on purpose: ${text}${more}.`, {
    facts: { where, count: names.length, frames: names.slice(0, 20) },
  });
}
