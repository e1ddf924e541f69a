import type { ReferencePng } from './reference-png.ts';

/** What a mask has to become: the category of each pixel, and pixels left out by value or colour. */
export interface Expected {
  readonly ids: readonly number[];
  readonly skipped: Readonly<Record<string, number>>;
}

/** By values; null where the pixels are colours. */
export function expectedByValues(png: ReferencePng, declared: readonly number[]): Expected | null {
  if (png.colourType === 2 || png.colourType === 6) return null;
  const values = png.pixels.map(([value = 0, alpha]) => (alpha === 0 ? 0 : value));
  return sorted(values, (value) => (value === 0 || declared.includes(value) ? value : null));
}

/** By colours; null where palette or transparency do not fit. */
export function expectedByColours(png: ReferencePng, table: ReadonlyMap<string, number>): Expected | null {
  const colours = coloursOf(png);
  return colours === null ? null : sorted(colours, (colour) => (colour === '' ? 0 : (table.get(colour) ?? null)));
}

function sorted<T extends string | number>(pixels: readonly T[], idOf: (pixel: T) => number | null): Expected {
  const skipped: Record<string, number> = {};
  const ids = pixels.map((pixel) => {
    const id = idOf(pixel);
    if (id === null) skipped[String(pixel)] = (skipped[String(pixel)] ?? 0) + 1;
    return id ?? 0;
  });
  return { ids, skipped };
}

/** `#rrggbb`, `#rrrrggggbbbb`, or nothing for a transparent pixel. */
function coloursOf({ colourType, bitDepth, pixels, palette, transparency }: ReferencePng): string[] | null {
  if (colourType === 3) {
    const entries = (palette?.length ?? 0) / 3;
    if ((transparency?.length ?? 0) > entries || pixels.some(([index = 0]) => index >= entries)) return null;
    return pixels.map(([index = 0]) => {
      return transparency?.[index] === 0 ? '' : `#${palette?.toString('hex', 3 * index, 3 * index + 3)}`;
    });
  }
  const channels = pixels[0]?.length ?? 0;
  if (transparency !== null && (channels % 2 === 0 || transparency.length !== 2 * channels)) return null;
  // Bits beyond the depth of the image do not count.
  const none = Array.from({ length: transparency === null ? 0 : channels }, (_, i) => {
    return (transparency?.readUInt16BE(2 * i) ?? 0) % 2 ** bitDepth;
  });
  return pixels.map((pixel) => {
    const hasAlpha = channels % 2 === 0;
    if (hasAlpha ? pixel.at(-1) === 0 : none.length > 0 && pixel.every((sample, i) => sample === none[i])) return '';
    const shown = channels < 3 ? [pixel[0], pixel[0], pixel[0]] : pixel.slice(0, 3);
    const digits = shown.map((sample = 0) => {
      return Math.round((65_535 * sample) / (2 ** bitDepth - 1))
        .toString(16)
        .padStart(4, '0');
    });
    const short = digits.every((four) => four.slice(0, 2) === four.slice(2));
    return `#${digits.map((four) => (short ? four.slice(2) : four)).join('')}`;
  });
}
