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

/** Runs for which there is room at first; few, because a mask may have 65,535 classes. */
const FIRST_RUNS = 16;

/** Gathers the runs of one value, which arrive in column-major order and never touch each other. */
export class RunCollector {
  value = 0;
  #height = 1;
  #runs = new Uint32Array(FIRST_RUNS);
  #used = 0;
  #end = 0;
  #area = 0;
  #left = 0;
  #right = 0;
  #top = 0;
  #bottom = 0;

  /** Begins another value in a mask of this height. */
  begin(value: number, height: number): void {
    this.value = value;
    this.#height = height;
    this.#used = 0;
    this.#end = 0;
    this.#area = 0;
    this.#top = height - 1;
    this.#bottom = 0;
  }

  /** Takes the run from position `start` up to but not including `end`. */
  add(start: number, end: number): void {
    const height = this.#height;
    const left = Math.floor(start / height);
    const right = Math.floor((end - 1) / height);
    if (this.#used === 0) this.#left = left;
    this.#right = right;
    // A run that goes on in the next column holds the bottom of one and the top of the other.
    const top = left === right ? start - left * height : 0;
    const bottom = left === right ? end - 1 - right * height : height - 1;
    if (top < this.#top) this.#top = top;
    if (bottom > this.#bottom) this.#bottom = bottom;
    this.#push(start - this.#end);
    this.#push(end - start);
    this.#end = end;
    this.#area += end - start;
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
