import { PNG } from 'pngjs';
import { MaskloopError } from '../contracts/error.ts';

/** Category ids by colour, `r,g,b`. */
export type ColourTable = ReadonlyMap<string, number>;

/**
 * Which colour stands for which class, from the `labelmap.txt` of a Segmentation mask export: lines `label:r,g,b::`.
 *
 * @param categoryOf category id of a class by its name; null leaves its pixels empty
 */
export function colourTable(text: string, categoryOf: (name: string) => number | null): ColourTable {
  const table = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, name, colour] = /^(.*):(\d+,\d+,\d+):[^:]*:[^:]*$/.exec(line.trim()) ?? [];
    const category = name === undefined ? null : categoryOf(name);
    if (colour !== undefined && category !== null) table.set(colour, category);
  }
  return table;
}

/**
 * The pixels of one picture of a Segmentation mask export as category ids. The size in the picture's head is compared
 * before anything is unpacked.
 *
 * @throws MaskloopError `ArchiveRefused` for a picture of another size, or none at all
 */
export function readExportedMask(
  bytes: Buffer,
  { name, width, height }: { readonly name: string; readonly width: number; readonly height: number },
  colours: ColourTable,
): Uint16Array {
  const isPng = bytes.length > 24 && bytes.toString('latin1', 12, 16) === 'IHDR';
  if (!isPng || bytes.readUInt32BE(16) !== width || bytes.readUInt32BE(20) !== height) {
    throw refused(name, `it is no picture of ${width}×${height}`);
  }
  const { data } = decoded(bytes, name);
  const values = new Uint16Array(width * height);
  for (let at = 0; at < values.length; at += 1) {
    values[at] = colours.get(`${data[4 * at]},${data[4 * at + 1]},${data[4 * at + 2]}`) ?? 0;
  }
  return values;
}

function decoded(bytes: Buffer, name: string): PNG {
  try {
    return PNG.sync.read(bytes);
  } catch (cause) {
    throw refused(name, 'it cannot be unpacked', cause);
  }
}

function refused(name: string, problem: string, cause?: unknown): MaskloopError {
  return new MaskloopError('ArchiveRefused', `The exported mask of frame "${name}" cannot be used: ${problem}.`, {
    facts: { name, problem },
    cause,
  });
}
