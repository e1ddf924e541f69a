import { colourOf } from '../colour.ts';
import { corruptPng } from './corrupt.ts';
import type { Header } from './header.ts';
import type { StoredImage } from './stored-image.ts';

/** What a pixel without a colour gives: one that is fully transparent. */
export const TRANSPARENT = -1;

/** The colour of the pixel whose samples begin at `at`, or {@link TRANSPARENT}. */
export type PixelColour = (samples: ArrayLike<number>, at: number) => number;

const BYTE = 8;
const LARGEST = 65_535;
/** LARGEST / 255. */
const PER_BYTE = 257;
const ENTRY_BYTES = 3;

/** What decides about colours beside the samples. */
type ColourParts = Pick<StoredImage, 'header' | 'palette' | 'transparency'>;

/**
 * How the samples of an image become colours: palette indices by the palette, grey as equal red, green and blue. Only
 * alpha 0 counts as transparent, whether it comes from an alpha sample or from `tRNS`: PNG specification (third edition),
 * 11.2.2 and 11.3.1.1. What is partly transparent has its colour.
 *
 * @throws MaskloopError `CorruptPng` for a `tRNS` chunk that does not go with the header; the function for a pixel beyond
 * the palette
 */
export function pixelColours(image: ColourParts, where: string): PixelColour {
  const { header } = image;
  if (header.palette) return paletteColours(image, where);
  const opaque = opaqueColours(header);
  const none = transparentColour(image, opaque, where);
  const alpha = header.channels - 1;
  if (alpha % 2 === 1) return (samples, at) => (samples[at + alpha] === 0 ? TRANSPARENT : opaque(samples, at));
  return (samples, at) => {
    const colour = opaque(samples, at);
    return colour === none ? TRANSPARENT : colour;
  };
}

/** The colours without regard to transparency. */
function opaqueColours({ channels, bitDepth }: Header): PixelColour {
  const scale = LARGEST / (2 ** bitDepth - 1);
  if (channels > 2)
    return (samples, at) => colourOf(samples[at]! * scale, samples[at + 1]! * scale, samples[at + 2]! * scale);
  return (samples, at) => colourOf(samples[at]! * scale, samples[at]! * scale, samples[at]! * scale);
}

/** The one colour that `tRNS` makes transparent, if it does; its samples use as many low bits as those of the image. */
function transparentColour({ header, transparency }: ColourParts, opaque: PixelColour, where: string): number | null {
  if (transparency === null) return null;
  const { channels, bitDepth } = header;
  const hasAlpha = channels % 2 === 0;
  if (hasAlpha || transparency.length !== 2 * channels) throw wrongTransparency(transparency.length, where);
  const samples = Array.from({ length: channels }, (_, i) => {
    return ((transparency[2 * i]! << BYTE) | transparency[2 * i + 1]!) & (2 ** bitDepth - 1);
  });
  return opaque(samples, 0);
}

function paletteColours({ palette, transparency }: ColourParts, where: string): PixelColour {
  const bytes = palette ?? new Uint8Array();
  const entries = bytes.length / ENTRY_BYTES;
  if ((transparency?.length ?? 0) > entries) throw wrongTransparency(transparency?.length ?? 0, where);
  const colours = Array.from({ length: entries }, (_, entry) => {
    if (transparency?.[entry] === 0) return TRANSPARENT;
    const [red = 0, green = 0, blue = 0] = bytes.subarray(ENTRY_BYTES * entry, ENTRY_BYTES * (entry + 1));
    return colourOf(PER_BYTE * red, PER_BYTE * green, PER_BYTE * blue);
  });
  return (samples, at) => {
    const index = samples[at]!;
    const colour = colours[index];
    if (colour !== undefined) return colour;
    throw corruptPng(where, `a pixel has the index ${index}, but its palette has ${entries} colours`, {
      index,
      entries,
    });
  };
}

function wrongTransparency(bytes: number, where: string): Error {
  return corruptPng(where, `its transparency has ${bytes} bytes`, { chunk: 'tRNS', bytes });
}
