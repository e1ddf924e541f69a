import { z } from 'zod';
import { MaskloopError } from '../../contracts/error.ts';

/** A line of a list that is sorted by its beginning, the newest first, and by id where two began at once. */
export interface Position {
  readonly startedAt: string;
  readonly id: string;
}

const position = z.tuple([z.string(), z.string()]);

/** Below 0 if `a` stands before `b`. */
export function newestFirst(a: Position, b: Position): number {
  const [first, second] = [Date.parse(a.startedAt), Date.parse(b.startedAt)];
  if (first !== second) return second - first;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/** A place in the list as text. What comes after it stays the same when newer lines are put before it. */
export function cursorOf({ startedAt, id }: Position): string {
  return Buffer.from(JSON.stringify([startedAt, id])).toString('base64url');
}

/** @throws MaskloopError `RequestInvalid` for a text that no list gave */
export function positionOf(cursor: string): Position {
  try {
    const [startedAt, id] = position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (!Number.isNaN(Date.parse(startedAt))) return { startedAt, id };
  } catch {
    // Told below.
  }
  throw new MaskloopError('RequestInvalid', 'The cursor is none that a list gave.', { facts: { field: 'cursor' } });
}

/** A page of lines that are in their order. `next` is null at the end. */
export function pageAfter<T extends Position>(
  rows: readonly T[],
  cursor: string | undefined,
  limit: number,
): { readonly rows: readonly T[]; readonly next: string | null } {
  const after = cursor === undefined ? null : positionOf(cursor);
  const from = after === null ? 0 : firstAfter(rows, after);
  const page = rows.slice(from, from + limit);
  const last = page.at(-1);
  return { rows: page, next: last === undefined || from + limit >= rows.length ? null : cursorOf(last) };
}

function firstAfter(rows: readonly Position[], after: Position): number {
  const index = rows.findIndex((row) => newestFirst(after, row) < 0);
  return index === -1 ? rows.length : index;
}
