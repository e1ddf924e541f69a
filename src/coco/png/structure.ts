import { readChunks, type Chunk } from './chunks.ts';
import { corruptPng } from './corrupt.ts';
import { parseHeader, type Header } from './header.ts';

/** A PNG taken apart: its header and the pieces of its one zlib stream. */
export interface PngStructure {
  readonly header: Header;
  /** Red, green and blue of each entry, where there is a palette. */
  readonly palette: Uint8Array | null;
  /** Content of the `tRNS` chunk, unchecked, where there is one before the image data. */
  readonly transparency: Uint8Array | null;
  readonly imageData: readonly Uint8Array[];
}

/** Bytes of one palette entry: red, green, blue. */
const ENTRY_BYTES = 3;
const MAX_ENTRIES = 256;

/**
 * Reads all chunks and checks their order: header first, palette before the image data of a palette image, image
 * data in one piece, no critical chunk that is unknown. Ancillary chunks but `tRNS` are passed over.
 *
 * @throws MaskloopError `NotAPng`, `TruncatedPng`, `CorruptPng`, `ImageTooLarge`
 */
export function readStructure(png: Uint8Array, where: string): PngStructure {
  const chunks = readChunks(png, where);
  const first = chunks.next();
  if (first.done === true || first.value.type !== 'IHDR') {
    throw corruptPng(where, 'it does not begin with its header');
  }
  const header = parseHeader(first.value.data, where);
  const imageData: Uint8Array[] = [];
  let previous = 'IHDR';
  let palette: Uint8Array | null = null;
  let transparency: Uint8Array | null = null;
  for (const chunk of chunks) {
    if (chunk.type === 'PLTE') {
      checkPalette(chunk, palette !== null, where);
      palette = chunk.data;
    } else if (chunk.type === 'tRNS' && imageData.length === 0) {
      transparency ??= chunk.data;
    } else if (chunk.type === 'IDAT') {
      if (imageData.length > 0 && previous !== 'IDAT') {
        throw corruptPng(where, `its image data are interrupted by a chunk ${previous}`, { chunk: previous });
      }
      if (header.palette && palette === null) throw corruptPng(where, 'its palette is missing');
      imageData.push(chunk.data);
    } else if (chunk.type !== 'IEND' && /^[A-Z]/.test(chunk.type)) {
      throw corruptPng(where, `it holds a chunk ${chunk.type} that cannot stand here`, { chunk: chunk.type });
    }
    previous = chunk.type;
  }
  if (imageData.length === 0) throw corruptPng(where, 'it holds no image data');
  return { header, palette, transparency, imageData };
}

function checkPalette(chunk: Chunk, second: boolean, where: string): void {
  const entries = chunk.data.length / ENTRY_BYTES;
  if (second || !Number.isInteger(entries) || entries === 0 || entries > MAX_ENTRIES) {
    const problem = second ? 'it has two palettes' : `its palette has ${chunk.data.length} bytes`;
    throw corruptPng(where, problem, { chunk: 'PLTE', bytes: chunk.data.length });
  }
}
