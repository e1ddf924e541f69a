/** Quantisation of 1 for all 64 coefficients, so that a coefficient is its own value. */
const TABLE = [0xff, 0xdb, 0x00, 0x43, 0x00, ...Array.from({ length: 64 }, () => 1)];

const COMMENT = 'A plain grey picture of the right size, in place of a lossy copy of the original one.';

/** A Huffman table of one code, `0`, for the symbol 0: "no difference" for the first coefficient, "end of block" for the others. */
function codes(table: number): number[] {
  return [0xff, 0xc4, 0x00, 0x14, table, 1, ...Array.from({ length: 15 }, () => 0), 0x00];
}

/**
 * A JPEG file of a middle grey in the given size. It stands for the lossy copies that CVAT makes of uploaded pictures.
 *
 * @param width of 1 to 65535 pixels
 * @param height of 1 to 65535 pixels
 */
export function greyJpeg(width: number, height: number): Buffer {
  const [w, h] = [
    [width >> 8, width & 0xff],
    [height >> 8, height & 0xff],
  ] as const;
  const frame = [0xff, 0xc0, 0x00, 0x0b, 0x08, ...h, ...w, 0x01, 0x01, 0x11, 0x00];
  const scan = [0xff, 0xda, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3f, 0x00];
  // Two bits of 0 a block; what is left of the last byte is filled with ones, as the format wants it.
  const bits = 2 * Math.ceil(width / 8) * Math.ceil(height / 8);
  const data = Buffer.alloc(Math.ceil(bits / 8));
  if (bits % 8 !== 0) data[data.length - 1] = 0xff >> (bits % 8);
  const comment = [0xff, 0xfe, 0x00, COMMENT.length + 2, ...Buffer.from(COMMENT)];
  const head = [0xff, 0xd8, ...comment, ...TABLE, ...frame, ...codes(0x00), ...codes(0x10), ...scan];
  return Buffer.concat([Buffer.from(head), data, Buffer.from([0xff, 0xd9])]);
}
