import { cvatKind } from './cvat/cvat-kind.ts';
import { MONAI_KIND } from './monai/monai-kind.ts';
import type { ServerKind } from './server-kind.ts';

/** The servers that recordings can be played to, by the name of the recording. */
const KINDS: readonly ServerKind[] = [cvatKind('2.54.1'), cvatKind('2.73.0'), MONAI_KIND];

/** @throws Error for a recording that no server plays */
export function kindOf(recording: string): ServerKind {
  const kind = KINDS.find((one) => one.recording === recording);
  if (kind === undefined) throw new Error(`No recording ${recording}: ${KINDS.map((one) => one.recording).join(', ')}`);
  return kind;
}
