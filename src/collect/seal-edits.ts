import type { SealEdit } from '../contracts/seal.ts';
import type { JobContent } from '../cvat/native.ts';

/** Ids that an edit lists. */
const MAX_IDS = 20;

interface Piece {
  readonly id: number;
  readonly frame: number;
}

/** Shapes, tracks and tags have ids of their own each. */
function pieces({ shapes, tracks, tags }: JobContent): Map<string, Piece> {
  const kinds = { shape: shapes, track: tracks, tag: tags } as const;
  return new Map(
    Object.entries(kinds).flatMap(([kind, all]) => all.map((piece): [string, Piece] => [`${kind} ${piece.id}`, piece])),
  );
}

/**
 * What differs between what was sealed of a job and what it holds now: edits by frame and kind. A shape that was moved to
 * another frame counts as changed where it was.
 */
export function contentEdits(job: number, sealed: JobContent, now: JobContent): SealEdit[] {
  const [before, after] = [pieces(sealed), pieces(now)];
  const found = new Map<string, { what: SealEdit['what']; frame: number; shapes: number[] }>();
  const note = (what: SealEdit['what'], { id, frame }: Piece): void => {
    const key = `${frame} ${what}`;
    const edit = found.get(key) ?? { what, frame, shapes: [] };
    edit.shapes.push(id);
    found.set(key, edit);
  };
  for (const [key, piece] of before) {
    const later = after.get(key);
    if (later === undefined) note('removed', piece);
    else if (canonical(later) !== canonical(piece)) note('changed', piece);
  }
  for (const [key, piece] of after) if (!before.has(key)) note('added', piece);
  return [...found.values()]
    .toSorted((a, b) => a.frame - b.frame || a.what.localeCompare(b.what))
    .map(({ what, frame, shapes }) => ({ what, job, frame, shapes: shapes.slice(0, MAX_IDS) }));
}

/** The same text for the same content, whatever order its fields came in. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Frames that were deleted or brought back since. */
export function frameEdits(sealed: readonly number[], now: readonly number[]): SealEdit[] {
  const [before, after] = [new Set(sealed), new Set(now)];
  return [
    ...now.filter((frame) => !before.has(frame)).map((frame) => frameEdit('frame deleted', frame)),
    ...sealed.filter((frame) => !after.has(frame)).map((frame) => frameEdit('frame restored', frame)),
  ];
}

function frameEdit(what: SealEdit['what'], frame: number): SealEdit {
  return { what, job: null, frame, shapes: [] };
}
