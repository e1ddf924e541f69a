import type { HeldOutSource } from '../contracts/gate.ts';
import type { FolderRef } from '../contracts/refs.ts';
import type { CliContext } from './context.ts';
import { heldOutSourceOf, type GateFlags } from './gate-flags.ts';
import { readInputFile } from './read-input-file.ts';

/**
 * Where held-out frames come from: a list of names is stored, folders are described in place. Null for a share of the frames.
 *
 * @throws UsageError, MaskloopError `UnreadableFile`
 */
export async function readHeldOut(
  context: CliContext,
  flags: GateFlags,
  readFolder: (what: string, dir: string) => Promise<FolderRef>,
): Promise<HeldOutSource | null> {
  const source = heldOutSourceOf(flags);
  if (source === null || source.kind === 'task' || source.kind === 'ground-truth') return source;
  if (source.kind === 'names') {
    return {
      kind: 'names',
      list: await context.putArtifact(await readInputFile('list of held-out frames', source.file)),
    };
  }
  const images = await readFolder('held-out images', source.images);
  return { kind: 'folder', images, masks: await readFolder('held-out masks', source.masks) };
}
