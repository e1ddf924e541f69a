import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';

/** The font comes with us: a server may have none. */
const FONT = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');

/** Draws an SVG document of ours as a PNG, twice as large for sharp text. */
export function renderPng(svg: string): Uint8Array {
  const font = { fontFiles: [FONT], loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' };
  return new Resvg(svg, { fitTo: { mode: 'zoom', value: 2 }, font }).render().asPng();
}
