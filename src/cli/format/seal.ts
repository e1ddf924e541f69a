import type { IterationResults } from '../../contracts/iteration.ts';
import type { SealEdit } from '../../contracts/seal.ts';
import { countOf } from '../../contracts/count-of.ts';
import { formatTime } from './time.ts';

/** Edits that a page shows; the receipt leads to all. */
const MAX_SHOWN = 5;

/** `changed: frame 4, job 12, shape 91, 92`. */
function editText({ what, job, frame, shapes }: SealEdit): string {
  const where = [frame === null ? null : `frame ${frame}`, job === null ? null : `job ${job}`]
    .filter(Boolean)
    .join(', ');
  if (shapes.length === 0) return where === '' ? what : `${what}: ${where}`;
  return `${what}: ${where}, shape ${shapes.join(', ')}`;
}

/** Rows about the seal and what people changed after it; none before the seal. */
export function sealRows({ seal, sealCheck }: Pick<IterationResults, 'seal' | 'sealCheck'>): (readonly string[])[] {
  if (seal === undefined) return [];
  const sealed = ['sealed', `${formatTime(seal.sealedAt)}, sha256 ${seal.artifact.sha256}`];
  if (sealCheck === undefined) return [sealed];
  const { edits, first, unchecked } = sealCheck;
  if (unchecked !== null) return [sealed, ['after the seal', `not known: ${unchecked}`]];
  if (edits === 0) return [sealed, ['after the seal', 'nothing was changed']];
  const more = edits - Math.min(edits, MAX_SHOWN);
  return [
    sealed,
    ['after the seal', `${countOf(edits, 'edit')} that did not count`],
    ...first.slice(0, MAX_SHOWN).map((edit) => ['', editText(edit)]),
    ...(more > 0 ? [['', `and ${more} more`]] : []),
  ];
}
