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

/**
 * Fills a ring as pycocotools does, which CVAT's exports use: the border is walked in fifths of a pixel, and where it
 * passes the middle of a column of pixels, that column changes between outside and inside from there on.
 */
function paintRing(region: Region, ring: Ring): void {
  const path = ring.map(([x, y]) => [Math.trunc(x * 5 + 0.5), Math.trunc(y * 5 + 0.5)] as const);
  const changes = new Map<number, number[]>();
  for (const [index, from] of path.entries()) {
    const steps = walk(from, path[(index + 1) % path.length] ?? from);
    for (const [at, [x, y]] of steps.entries()) {
      const [lastX, lastY] = steps[at - 1] ?? [x, y];
      const left = Math.min(x, lastX);
      if (x === lastX || left < 0 || left % 5 !== 2) continue;
      const column = (left - 2) / 5;
      const row = Math.ceil(Math.min(Math.max((Math.min(y, lastY) + 0.5) / 5 - 0.5, 0), region.height));
      changes.set(column, [...(changes.get(column) ?? []), row]);
    }
  }
  for (const [column, rows] of changes) {
    for (let y = 0; y < region.height; y += 1) {
      if (rows.filter((row) => row <= y).length % 2 === 1) set(region, column, y);
    }
  }
}

type Step = readonly [x: number, y: number];

/** All steps of an edge; along the longer way each is one, the other coordinate is rounded from the lesser end on. */
function walk(from: Step, to: Step): Step[] {
  const [across, down] = [Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])];
  const isFlat = across >= down;
  const [start, end] = (isFlat ? from[0] > to[0] : from[1] > to[1]) ? [to, from] : [from, to];
  const length = isFlat ? across : down;
  const steps = Array.from({ length: length + 1 }, (_, step): Step => {
    if (length === 0) return start;
    const [dx, dy] = [(end[0] - start[0]) / length, (end[1] - start[1]) / length];
    if (isFlat) return [start[0] + step, Math.trunc(start[1] + dy * step + 0.5)];
    return [Math.trunc(start[0] + dx * step + 0.5), start[1] + step];
  });
  return start === from ? steps : steps.toReversed();
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
