import type { BitDepth } from './header.ts';

/**
 * Writes the samples of one unfiltered row to `target[at]`, `target[at + stride]`, … Samples below 8 bits are packed
 * from the high bits down, those of 16 bits are big-endian: PNG specification (third edition), 7.2.
 *
 * @param count samples of the row; padding bits after them are not read
 */
export function unpackRow(
  row: Uint8Array,
  bitDepth: BitDepth,
  count: number,
  target: Uint8Array | Uint16Array,
  at: number,
  stride: number,
): void {
  if (bitDepth === 8 && stride === 1) {
    target.set(row, at);
  } else if (bitDepth === 8) {
    for (let i = 0; i < count; i += 1) target[at + i * stride] = row[i]!;
  } else if (bitDepth === 16) {
    for (let i = 0; i < count; i += 1) target[at + i * stride] = (row[2 * i]! << 8) | row[2 * i + 1]!;
  } else {
    const perByte = 8 / bitDepth;
    const mask = (1 << bitDepth) - 1;
    for (let i = 0; i < count; i += 1) {
      const shift = 8 - bitDepth * ((i % perByte) + 1);
      target[at + i * stride] = (row[Math.floor(i / perByte)]! >> shift) & mask;
    }
  }
}
