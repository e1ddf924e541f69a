import { describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import { lineChart, type Series } from '../../../src/plots/line-chart.ts';
import { renderPng } from '../../../src/plots/render-png.ts';

const WORDS = { title: 'Dice', x: 'frames', y: 'held-out Dice' };
const RISING: Series = { name: 'random', points: [0, 1, 2].map((x) => ({ x: x * 20, y: 0.5 + x / 10 })) };
const BAND: Series = {
  name: 'uncertainty',
  points: [0, 1, 2].map((x) => ({ x: x * 20, y: 0.6 + x / 10, low: 0.55 + x / 10, high: 0.65 + x / 10 })),
};

/** Pixels of a colour in the picture, with their places. */
function pixelsOf(png: Uint8Array, colour: readonly [number, number, number]): readonly { x: number; y: number }[] {
  const { data, width, height } = PNG.sync.read(Buffer.from(png));
  return Array.from({ length: width * height }, (_, at) => at).flatMap((at) => {
    const isIt = colour.every((value, channel) => data[at * 4 + channel] === value);
    return isIt ? [{ x: at % width, y: Math.floor(at / width) }] : [];
  });
}

describe('a chart', () => {
  it('becomes a picture in which a rising line rises, with words in it', () => {
    const png = renderPng(lineChart([RISING, BAND], WORDS));
    const blue = pixelsOf(png, [0, 0x72, 0xb2]).filter(({ y }) => y < 850);
    expect(blue.length).toBeGreaterThan(500);
    const [left, right] = [blue.toSorted((a, b) => a.x - b.x).at(0), blue.toSorted((a, b) => a.x - b.x).at(-1)];
    expect(right?.y).toBeLessThan(left?.y ?? 0);
    const wordless = renderPng(lineChart([RISING, BAND], { title: '', x: '', y: '' }));
    const dark = (picture: Uint8Array): number => pixelsOf(picture, [0x22, 0x22, 0x22]).length;
    expect(dark(png)).toBeGreaterThan(dark(wordless) + 200);
  });

  it('tells eight lines apart, and escapes what a name may hold', () => {
    const many = Array.from({ length: 8 }, (_, at) => ({ ...RISING, name: `<b>"${at}" & 'more'` }));
    const svg = lineChart(many, WORDS);
    expect(svg).not.toContain('<b>');
    expect(svg).toContain('stroke-dasharray');
    expect(renderPng(svg).length).toBeGreaterThan(1000);
  });

  it('of nothing says so', () => {
    expect(lineChart([{ name: 'random', points: [] }], WORDS)).toContain('nothing was measured');
  });
});
