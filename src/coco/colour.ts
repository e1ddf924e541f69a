/*
 * A colour as one whole number: red, green and blue of 16 bits each, red highest. A sample of fewer bits is stretched, so
 * that the largest one becomes 65,535: PNG specification (third edition), 13.12.
 */

/** Above all samples of 16 bits. */
const RADIX = 2 ** 16;
/** 65,535 / 255. */
const PER_BYTE = 257;

/** @param red from 0 to 65,535, as are green and blue */
export function colourOf(red: number, green: number, blue: number): number {
  return (red * RADIX + green) * RADIX + blue;
}

/** The colour `#rrggbb` stands for, in any case; null for another text. */
export function parseColour(text: string): number | null {
  const [, ...digits] = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text) ?? [];
  const [red, green, blue] = digits.map((pair) => PER_BYTE * Number.parseInt(pair, 16));
  return red === undefined || green === undefined || blue === undefined ? null : colourOf(red, green, blue);
}

/** `#rrggbb`, or `#rrrrggggbbbb` for a colour that 8 bits cannot hold. */
export function colourName(colour: number): string {
  const samples = [Math.floor(colour / RADIX ** 2), Math.floor(colour / RADIX) % RADIX, colour % RADIX];
  const short = samples.every((sample) => sample % PER_BYTE === 0);
  const digits = samples.map((sample) =>
    (short ? sample / PER_BYTE : sample).toString(16).padStart(short ? 2 : 4, '0'),
  );
  return `#${digits.join('')}`;
}
