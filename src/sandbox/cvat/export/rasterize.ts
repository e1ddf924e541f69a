import type { ExportedShape } from './exported-shape.ts';

/** Pixels of an image, row by row; 1 where something is. */
export interface Region {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

type Ring = readonly (readonly [number, number])[];

/** By how much the drawing of an ellipse exceeds its radii, in pixels; with it the recorded ones come out exactly. */
const ELLIPSE_RIM = 0.55;

/** False for lines, points and what else covers no pixels. */
export function hasArea(shape: ExportedShape): boolean {
  return ['mask', 'polygon', 'rectangle', 'ellipse'].includes(shape.type);
}

/** The pixels that a shape covers; undefined for shapes without an area. What lies outside the image is cut off. */
export function rasterize(shape: ExportedShape, size: { width: number; height: number }): Region | undefined {
  const region = { ...size, pixels: new Uint8Array(size.width * size.height) };
  switch (shape.type) {
    case 'mask':
      paintMask(region, shape.points);
      return region;
    case 'polygon':
      paintRing(region, pairs(shape.points));
      return region;
    case 'rectangle':
      paintRing(region, rotatedBox(shape));
      return region;
    case 'ellipse':
      paintEllipse(region, shape);
      return region;
    default:
      return undefined;
  }
}

export function union(regions: readonly Region[]): Region | undefined {
  const [first, ...others] = regions;
  if (first === undefined) return undefined;
  const pixels = first.pixels.map((value, at) => (others.some((other) => other.pixels[at] === 1) ? 1 : value));
  return { ...first, pixels };
}

/** The points of a polygon in pairs. */
export function pairs(points: readonly number[]): Ring {
  return Array.from({ length: points.length / 2 }, (_, index) => [points[2 * index] ?? 0, points[2 * index + 1] ?? 0]);
}

/** Run lengths inside a box (background first), and behind them left, top, right and bottom, inclusive. */
function paintMask(region: Region, points: readonly number[]): void {
  const [left = 0, top = 0, right = 0] = points.slice(-4);
  const across = right - left + 1;
  let at = 0;
  for (const [index, run] of points.slice(0, -4).entries()) {
    const end = at + run;
    for (; at < end; at += 1) {
      if (index % 2 === 1) set(region, left + (at % across), top + Math.floor(at / across));
    }
  }
}

/** Fills a ring by the even-odd rule at the centres of the pixels. */
function paintRing(region: Region, ring: Ring): void {
  for (let y = 0; y < region.height; y += 1) {
    const crossings = ring.flatMap(([x0, y0], index) => {
      const [x1, y1] = ring[(index + 1) % ring.length] ?? [x0, y0];
      const centre = y + 0.5;
      return y0 > centre === y1 > centre ? [] : [x0 + ((x1 - x0) * (centre - y0)) / (y1 - y0)];
    });
    const ordered = crossings.toSorted((a, b) => a - b);
    for (let index = 0; index + 1 < ordered.length; index += 2) {
      const from = Math.ceil((ordered[index] ?? 0) - 0.5);
      const to = Math.ceil((ordered[index + 1] ?? 0) - 0.5);
      for (let x = from; x < to; x += 1) set(region, x, y);
    }
  }
}

/** Points of an ellipse are its centre, its rightmost x and its topmost y. */
function paintEllipse(region: Region, shape: ExportedShape): void {
  const [cx = 0, cy = 0, right = 0, top = 0] = shape.points;
  const [rx, ry] = [right - cx + ELLIPSE_RIM, cy - top + ELLIPSE_RIM];
  const angle = (-shape.rotation * Math.PI) / 180;
  for (let y = 0; y < region.height; y += 1) {
    for (let x = 0; x < region.width; x += 1) {
      const [dx, dy] = [x - cx, y - cy];
      const along = (dx * Math.cos(angle) - dy * Math.sin(angle)) / rx;
      const across = (dx * Math.sin(angle) + dy * Math.cos(angle)) / ry;
      if (along ** 2 + across ** 2 <= 1) set(region, x, y);
    }
  }
}

function rotatedBox(shape: ExportedShape): Ring {
  const [left = 0, top = 0, right = 0, bottom = 0] = shape.points;
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
  const angle = (shape.rotation * Math.PI) / 180;
  const corners = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ] as const;
  return corners.map(([x, y]) => [
    cx + (x - cx) * Math.cos(angle) - (y - cy) * Math.sin(angle),
    cy + (x - cx) * Math.sin(angle) + (y - cy) * Math.cos(angle),
  ]);
}

function set(region: Region, x: number, y: number): void {
  if (x >= 0 && x < region.width && y >= 0 && y < region.height) region.pixels[y * region.width + x] = 1;
}
