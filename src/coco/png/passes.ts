import type { Header } from './header.ts';

/** A sub-image that a PNG stores row by row: every `dx`-th pixel of every `dy`-th row, from (`x`, `y`). */
export interface Pass {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  /** Pixels of a row and rows of the pass; both at least 1. */
  readonly width: number;
  readonly height: number;
  /** Bytes of a row without its filter byte. */
  readonly rowBytes: number;
}

/** Start and step of the seven passes of Adam7: PNG specification (third edition), 8.1. */
const ADAM7 = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
] as const;
const PLAIN = [{ x: 0, y: 0, dx: 1, dy: 1 }] as const;

/** The passes in which the pixels are stored; one that covers all for an image that is not interlaced. Empty passes are left out. */
export function passesOf(header: Header): readonly Pass[] {
  return (header.interlaced ? ADAM7 : PLAIN)
    .map((start) => {
      const width = Math.ceil((header.width - start.x) / start.dx);
      const height = Math.ceil((header.height - start.y) / start.dy);
      return { ...start, width, height, rowBytes: Math.ceil((width * header.channels * header.bitDepth) / 8) };
    })
    .filter((pass) => pass.width > 0 && pass.height > 0);
}

/** Bytes of all rows of all passes with their filter bytes: what the zlib stream must inflate to. */
export function storedBytes(passes: readonly Pass[]): number {
  return passes.reduce((sum, pass) => sum + pass.height * (1 + pass.rowBytes), 0);
}
