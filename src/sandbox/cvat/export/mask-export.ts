import { PNG } from 'pngjs';
import type { ZipEntry } from '../media/zip.ts';
import type { Dataset, DatasetItem } from './dataset.ts';
import type { ExportedShape } from './exported-shape.ts';
import { instances } from './coco-export.ts';
import { hasArea, rasterize } from './rasterize.ts';

type Color = readonly [number, number, number];

/**
 * The files of a Segmentation mask 1.1 export: frames painted in the colours of their labels and once more by
 * instance, from the lowest shape to the highest. A frame on which something lies that has no area is not even listed,
 * one without anything is listed but has no picture.
 */
export function maskEntries(dataset: Dataset, withImages: boolean): ZipEntry[] {
  const colors = new Map(dataset.labels.map((label) => [label.id, labelColor(label.color)]));
  const painted = dataset.items.filter((item) => item.shapes.some(hasArea));
  const listed = dataset.items.filter((item) => painted.includes(item) || !item.isAnnotated);
  const images = withImages
    ? dataset.items.map(({ name, bytes }) => ({ name: `JPEGImages/${name}`, bytes: bytes() }))
    : [];
  return [
    ...images,
    { name: 'labelmap.txt', bytes: Buffer.from(labelMap(dataset)) },
    ...painted.map((item) => ({
      name: `SegmentationObject/${bareName(item)}.png`,
      bytes: paint(item, (_, index) => instanceColor(index + 1)),
    })),
    ...painted.map((item) => ({
      name: `SegmentationClass/${bareName(item)}.png`,
      bytes: paint(item, (shape) => colors.get(shape.label_id) ?? [0, 0, 0]),
    })),
    {
      name: 'ImageSets/Segmentation/default.txt',
      bytes: Buffer.from(listed.map((item) => `${bareName(item)}\n`).join('')),
    },
  ];
}

function bareName({ name }: DatasetItem): string {
  return name.replace(/\.[^./]*$/, '');
}

function labelMap({ labels }: Dataset): string {
  const lines = labels.map(({ name, color }) => [name, labelColor(color)] as const);
  const all = lines.some(([name]) => name === 'background') ? lines : [...lines, ['background', [0, 0, 0]] as const];
  const sorted = all.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return ['# label:color_rgb:parts:actions', ...sorted.map(([name, color]) => `${name}:${color.join(',')}::`), ''].join(
    '\n',
  );
}

/** Paints all instances, each over those below it. */
function paint(item: DatasetItem, colorOf: (shape: ExportedShape, instance: number) => Color): Buffer {
  const { width, height } = item.frame;
  const picture = new PNG({ width, height });
  for (let at = 3; at < picture.data.length; at += 4) picture.data[at] = 0xff;
  const covering = item.shapes.filter(hasArea);
  const numbers = new Map(
    instances(covering).flatMap((shapes, index) => shapes.map((shape) => [shape, index] as const)),
  );
  for (const shape of covering) {
    const color = colorOf(shape, numbers.get(shape) ?? 0);
    for (const [at, pixel] of (rasterize(shape, item.frame)?.pixels ?? []).entries()) {
      if (pixel === 1) picture.data.set(color, at * 4);
    }
  }
  return PNG.sync.write(picture, { colorType: 2, inputHasAlpha: true, filterType: 0 });
}

function labelColor(color: string): Color {
  const value = Number.parseInt(color.replace('#', ''), 16);
  return Number.isNaN(value) ? [0, 0, 0] : [(value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff];
}

/** The palette of the Pascal VOC data set: bits 0, 1 and 2 of each octal digit go to red, green and blue, from the top. */
function instanceColor(index: number): Color {
  const channel = (bit: number): number =>
    Array.from({ length: 8 }, (_, digit) => ((index >> (3 * digit + bit)) & 1) << (7 - digit)).reduce((a, b) => a | b);
  return [channel(0), channel(1), channel(2)];
}
