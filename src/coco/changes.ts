import { MaskloopError } from '../contracts/error.ts';
import type { Mask } from './mask.ts';

/** More changes are noise, not labels; a small file can hold many more, and its runs would take several GB. */
export const MAX_CHANGES = 2 ** 25;

/** How many changes a mask may have, and what it is, for messages and the fact `file`. */
export interface ChangesLimit {
  readonly where?: string;
  /** {@link MAX_CHANGES} if absent. */
  readonly most?: number;
}

/**
 * Where the value of a mask changes when its pixels are read column by column, top to bottom.
 *
 * The pixels are compared row by row, each with the one above it, because that reads memory in order; a row equal to
 * the one above costs one block comparison. The few changes found are then put into column order by counting.
 *
 * @returns ascending column-major positions (`x * height + y`) of all pixels that differ from the one before them;
 * position 0 is the first, so that the result is never empty for a mask that is not
 * @throws MaskloopError `ImageTooLarge` for more changes than allowed, before memory is taken for them
 */
export function columnMajorChanges(mask: Mask, limit: ChangesLimit = {}): Uint32Array {
  const { width, height } = mask;
  const slots = new Uint32Array(width + 1);
  eachChange(mask, (x) => {
    slots[x + 1]! += 1;
  });
  for (let x = 0; x < width; x += 1) slots[x + 1]! += slots[x]!;
  const found = slots[width]!;
  const { where = 'The mask', most = MAX_CHANGES } = limit;
  if (found > most) throw tooManyChanges(where, found, most);
  const changes = new Uint32Array(found);
  eachChange(mask, (x, y) => {
    const slot = slots[x]!;
    changes[slot] = x * height + y;
    slots[x] = slot + 1;
  });
  return changes;
}

/** Visits the changes row by row, so that those of one column come in ascending order. */
function eachChange({ width, height, values }: Mask, visit: (x: number, y: number) => void): void {
  const bottom = (height - 1) * width;
  for (let x = 0; x < width; x += 1) {
    if (x === 0 || values[x] !== values[bottom + x - 1]) visit(x, 0);
  }
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const rowBytes = width * values.BYTES_PER_ELEMENT;
  for (let y = 1; y < height; y += 1) {
    const above = (y - 1) * rowBytes;
    if (bytes.compare(bytes, above, above + rowBytes, above + rowBytes, above + 2 * rowBytes) === 0) continue;
    const row = y * width;
    for (let x = 0; x < width; x += 1) {
      if (values[row + x] !== values[row + x - width]) visit(x, y);
    }
  }
}

function tooManyChanges(where: string, changes: number, limit: number): MaskloopError {
  return new MaskloopError(
    'ImageTooLarge',
    `${where} changes its value ${changes} times, read column by column; ${limit} changes are allowed.`,
    { facts: { file: where, changes, limit } },
  );
}
