import { CATEGORY } from './categories.ts';
import type { Point } from './polygon.ts';
import type { Random } from './random.ts';

/** A straight tool: a shaft that enters from an edge and ends in two jaws. */
export interface Instrument {
  /** Where the shaft enters the frame. */
  readonly entry: Point;
  /** Unit vector from the entry to the tip. */
  readonly direction: Point;
  readonly halfWidth: number;
}

export interface ScenePlan {
  /** What is seen, from back to front. */
  readonly shapes: readonly { readonly category: number; readonly polygon: readonly Point[] }[];
  readonly instruments: readonly Instrument[];
}

/** Decides what one frame shows; all lengths scale with the frame's smaller side. */
export function planScene(random: Random, width: number, height: number): ScenePlan {
  const unit = Math.min(width, height);
  const blob = (category: number, low: number, high: number) => {
    const centre = { x: random.between(0.15, 0.85) * width, y: random.between(0.15, 0.85) * height };
    return { category, polygon: blobOutline(random, centre, random.between(low, high) * unit) };
  };
  const shapes = Array.from({ length: random.integer(1, 3) }, () => blob(CATEGORY.fat, 0.1, 0.2));
  if (random.chance(0.9)) shapes.push(blob(CATEGORY.gallbladder, 0.18, 0.28));

  const instruments: Instrument[] = [];
  for (let count = random.integer(0, 9) < 8 ? random.integer(1, 2) : 0; count > 0; count -= 1) {
    const { instrument, outlines } = planInstrument(random, width, height);
    instruments.push(instrument);
    shapes.push(...outlines.map((polygon) => ({ category: CATEGORY.instrument, polygon })));
  }
  return { shapes, instruments };
}

/** A closed outline whose radius swings smoothly around `radius`. */
function blobOutline(random: Random, centre: Point, radius: number): Point[] {
  const corners = 48;
  const stretch = random.between(0.7, 1.3);
  const waves = [2, 3, 5].map((turns) => ({
    turns,
    size: random.between(0, 0.5 / turns),
    start: random.between(0, 2 * Math.PI),
  }));
  return Array.from({ length: corners }, (_, corner) => {
    const angle = (corner / corners) * 2 * Math.PI;
    let swing = 1;
    for (const wave of waves) swing += wave.size * Math.sin(wave.turns * angle + wave.start);
    return {
      x: centre.x + radius * swing * stretch * Math.cos(angle),
      y: centre.y + ((radius * swing) / stretch) * Math.sin(angle),
    };
  });
}

function planInstrument(
  random: Random,
  width: number,
  height: number,
): { instrument: Instrument; outlines: readonly Point[][] } {
  const unit = Math.min(width, height);
  const entry = entryPoint(random, width, height);
  const target = { x: random.between(0.3, 0.7) * width, y: random.between(0.3, 0.7) * height };
  const reach = Math.hypot(target.x - entry.x, target.y - entry.y);
  const direction = { x: (target.x - entry.x) / reach, y: (target.y - entry.y) / reach };
  const halfWidth = random.between(0.03, 0.05) * unit;
  const jaw = random.between(0.1, 0.16) * unit;
  const opening = random.between(0.2, 1.4);
  const at = (along: number, across: number): Point => ({
    x: entry.x + direction.x * along - direction.y * across,
    y: entry.y + direction.y * along + direction.x * across,
  });
  const shaft = [at(-unit, -halfWidth), at(reach, -halfWidth), at(reach, halfWidth), at(-unit, halfWidth)];
  const jaws = [-1, 1].map((side) => [
    at(reach - 1, -0.1 * side * halfWidth),
    at(reach - 1, side * halfWidth),
    at(reach + jaw, side * halfWidth * (opening + 0.25)),
    at(reach + jaw, side * halfWidth * opening),
  ]);
  return { instrument: { entry, direction, halfWidth }, outlines: [shaft, ...jaws] };
}

/** Tools enter from the sides or from below. */
function entryPoint(random: Random, width: number, height: number): Point {
  const along = random.between(0.35, 1);
  const side = random.integer(0, 2);
  if (side === 0) return { x: 0, y: along * height };
  if (side === 1) return { x: width - 1, y: along * height };
  return { x: random.between(0.1, 0.9) * width, y: height - 1 };
}
