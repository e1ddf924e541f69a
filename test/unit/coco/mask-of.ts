import type { Mask } from '../../../src/coco/mask.ts';

/** A mask drawn row by row; spaces separate the values. */
export function maskOf(...rows: string[]): Mask {
  const values = rows.flatMap((row) => row.trim().split(/\s+/).map(Number));
  const wide = values.some((value) => value > 255);
  return {
    width: values.length / rows.length,
    height: rows.length,
    values: wide ? Uint16Array.from(values) : Uint8Array.from(values),
  };
}
