import { columnMajorChanges } from './changes.ts';
import type { Mask } from './mask.ts';

/** The pixels of one value in a mask. */
export interface ClassRuns {
  readonly value: number;
  /** Column-major run lengths, background first, summing to `width * height`. */
  readonly runs: Uint32Array;
  /** Pixels. */
  readonly area: number;
  /** Smallest `[x, y, width, height]` that holds them all, in pixels. */
  readonly bbox: readonly [number, number, number, number];
}

/**
 * The runs, area and box of every value of a mask except 0, in ascending order of value, from one walk over the
 * places where the value changes.
 */
export function maskRuns(mask: Mask): readonly ClassRuns[] {
  const { width, height, values } = mask;
  const pixels = width * height;
  const changes = columnMajorChanges(mask);
  const collectors = new Map<number, RunCollector>();
  for (let i = 0; i < changes.length; i += 1) {
    const start = changes[i]!;
    const x = Math.floor(start / height);
    const value = values[(start - x * height) * width + x]!;
    if (value === 0) continue;
    let collector = collectors.get(value);
    if (collector === undefined) {
      collector = new RunCollector(value, height);
      collectors.set(value, collector);
    }
    collector.add(start, i + 1 < changes.length ? changes[i + 1]! : pixels);
  }
  return [...collectors.values()].toSorted((a, b) => a.value - b.value).map((collector) => collector.finish(pixels));
}

/** Gathers the runs of one value, which arrive in column-major order and never touch each other. */
class RunCollector {
  readonly value: number;
  readonly #height: number;
  #runs = new Uint32Array(16);
  #used = 0;
  #end = 0;
  #area = 0;
  #left = Infinity;
  #right = 0;
  #top = Infinity;
  #bottom = 0;

  constructor(value: number, height: number) {
    this.value = value;
    this.#height = height;
  }

  /** Takes the run from position `start` up to but not including `end`. */
  add(start: number, end: number): void {
    this.#push(start - this.#end);
    this.#push(end - start);
    this.#end = end;
    this.#area += end - start;
    const height = this.#height;
    const left = Math.floor(start / height);
    const right = Math.floor((end - 1) / height);
    // A run that goes on in the next column holds the bottom of one and the top of the other.
    const top = left === right ? start - left * height : 0;
    const bottom = left === right ? end - 1 - right * height : height - 1;
    this.#left = Math.min(this.#left, left);
    this.#right = Math.max(this.#right, right);
    this.#top = Math.min(this.#top, top);
    this.#bottom = Math.max(this.#bottom, bottom);
  }

  finish(pixels: number): ClassRuns {
    if (this.#end < pixels) this.#push(pixels - this.#end);
    return {
      value: this.value,
      runs: this.#runs.slice(0, this.#used),
      area: this.#area,
      bbox: [this.#left, this.#top, this.#right - this.#left + 1, this.#bottom - this.#top + 1],
    };
  }

  #push(run: number): void {
    if (this.#used === this.#runs.length) {
      const larger = new Uint32Array(2 * this.#runs.length);
      larger.set(this.#runs);
      this.#runs = larger;
    }
    this.#runs[this.#used] = run;
    this.#used += 1;
  }
}
