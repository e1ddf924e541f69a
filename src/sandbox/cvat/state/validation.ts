import type { CvatState } from './cvat-state.ts';
import type { Frame, Job, Task } from './entities.ts';
import { addJob } from './jobs.ts';
import { createRandom, type Random } from './random.ts';
import { setData } from './tasks.ts';

/** Adds the job in which a task's ground truth is drawn. Its range is the whole task; neither task nor project counts as changed. */
export function addGroundTruthJob(state: CvatState, task: Task, frames: readonly number[]): Job {
  task.validationMode = 'gt';
  const stop = (task.data?.frames.length ?? 0) - 1;
  return addJob(state, task.id, { start: 0, stop, type: 'ground_truth', includedFrames: ascending(frames) });
}

/** Draws frame numbers without repetition, ascending; with a seed the same ones every time. */
export function drawFrames(
  state: CvatState,
  draw: { from: number; count: number; seed: number | undefined },
): number[] {
  const random = draw.seed === undefined ? state.random : createRandom(draw.seed);
  const numbers = Array.from({ length: draw.from }, (_, index) => index);
  return ascending(shuffled(numbers, random).slice(0, draw.count));
}

export interface Pool {
  /** Names of the frames that honeypots are copied from. */
  readonly names: ReadonlySet<string>;
  /** Honeypots a job. */
  readonly perJob: number;
}

/**
 * Gives a task its frames in random order, with honeypots: each job has its own frames and copies of some frames of
 * the pool; the pool itself comes last, in a ground truth job of its own.
 */
export function fillWithHoneypots(
  state: CvatState,
  task: Task,
  frames: readonly Frame[],
  imageQuality: number,
  pool: Pool,
): void {
  const { random } = state;
  const kept = frames.filter((frame) => pool.names.has(frame.name));
  const own = shuffled(
    frames.filter((frame) => !pool.names.has(frame.name)),
    random,
  );
  const size = task.segmentSize === 0 ? own.length : task.segmentSize;
  const jobs: Frame[][] = [];
  for (let at = 0; at < own.length; at += size) {
    const copies = shuffled(kept, random).slice(0, pool.perJob);
    jobs.push(
      shuffled([...own.slice(at, at + size), ...copies.map((copy) => ({ ...copy, isHoneypot: true }))], random),
    );
  }
  task.segmentSize = 0;
  task.overlap = 0;
  task.validationMode = 'gt_pool';
  setData(state, task, { frames: [...jobs.flat(), ...kept], video: null, imageQuality });
  let start = 0;
  for (const job of jobs) {
    addJob(state, task.id, { start, stop: start + job.length - 1 });
    start += job.length;
  }
  const included = kept.map((_, index) => start + index);
  addJob(state, task.id, { start, stop: start + kept.length - 1, type: 'ground_truth', includedFrames: included });
}

function ascending(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, key: random.next() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
