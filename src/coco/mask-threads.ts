import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';
import { MaskloopError } from '../contracts/error.ts';
import type { ConvertedMask } from './converted-mask.ts';
import { inThisThread, type MaskBatches } from './mask-batches.ts';
import { masksFromLines } from './mask-lines.ts';
import type { MaskReading } from './mask-converter.ts';
import type { BatchAnswer, BatchTask } from './mask-thread.ts';
import { release } from './png/release.ts';
import type { MaskFile } from './read-mask-file.ts';

/** Enough that handing a batch over costs nothing beside it, few enough that all threads end together. */
const MASKS_PER_BATCH = 16;
/** Batches under way or waiting for a thread, for each thread: none has to wait for work, and memory stays small. */
const BATCHES_PER_THREAD = 2;
/** So few batches are done sooner than a thread has started. */
const BATCHES_WITHOUT_THREADS = 3;
/**
 * Room for new objects in each thread. A thread keeps next to nothing from mask to mask; left to itself, it would take
 * 48 MB before it looks for what can go.
 */
const YOUNG_GENERATION_MB = 6;
/** How the pool reports that a thread answered which was given up meanwhile. Other errors are of threads that cannot start. */
const LATE_ANSWER = /^Unexpected message from Worker/;
/** A thread without work ends after so many milliseconds. */
const IDLE_MS = 5000;

/** A pool of threads; the threads start with the first work. */
export interface MaskThreads extends MaskBatches {
  /** Ends all threads, and with them what is under way. */
  close(): Promise<void>;
}

/**
 * Makes a pool of so many threads, for any number of conversions at a time. The bytes that come out do not depend on the
 * number.
 */
export function createMaskThreads(threads: number): MaskThreads {
  const pool = new Piscina<BatchTask, BatchAnswer>({
    ...threadProgram(),
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
    name: 'convertBatch',
    // Waiting for work with Atomics would keep a thread from its events, and {@link release} from its effect.
    atomics: 'disabled',
    recordTiming: false,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  // What concerns a batch rejects its promise; without a listener, anything else would end the process.
  pool.on('error', () => undefined);
  return {
    convert: async function* (files, reading, signal) {
      const tasks = inBatches(files, reading);
      const first = [...take(tasks, BATCHES_WITHOUT_THREADS + 1)];
      if (first.length > BATCHES_WITHOUT_THREADS) {
        yield* convertAll(pool, joined(first, tasks), threads * BATCHES_PER_THREAD, signal);
      } else {
        const few = first.flatMap((task) => task.files);
        yield* inThisThread.convert(few, reading, signal);
      }
    },
    close: () => pool.destroy(),
  };
}

/** The compiled thread, or its source beside this source, for which Node needs a loader. */
function threadProgram(): { filename: string; execArgv?: string[] } {
  const extension = extname(import.meta.url);
  const filename = new URL(`./mask-thread${extension}`, import.meta.url).href;
  if (extension !== '.ts') return { filename };
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return { filename, execArgv: ['--import', loader] };
}

function* inBatches(files: Iterable<MaskFile>, reading: MaskReading): Generator<BatchTask> {
  let batch: MaskFile[] = [];
  for (const file of files) {
    batch.push(file);
    if (batch.length === MASKS_PER_BATCH) {
      yield { files: batch, reading };
      batch = [];
    }
  }
  if (batch.length > 0) yield { files: batch, reading };
}

/** The next tasks, up to so many; the others can still be taken. */
function* take(tasks: Iterator<BatchTask>, count: number): Generator<BatchTask> {
  for (let taken = 0; taken < count; taken += 1) {
    const next = tasks.next();
    if (next.done === true) return;
    yield next.value;
  }
}

function* joined(first: Iterable<BatchTask>, rest: Iterable<BatchTask>): Generator<BatchTask> {
  yield* first;
  yield* rest;
}

/** Keeps up to `limit` tasks in the pool and gives their answers in the order of the tasks. */
async function* convertAll(
  pool: Piscina<BatchTask, BatchAnswer>,
  tasks: Iterator<BatchTask>,
  limit: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly ConvertedMask[]> {
  const stopped = new AbortController();
  const breakOff = (error: Error): void => {
    if (!LATE_ANSWER.test(error.message)) stopped.abort(error);
  };
  pool.on('error', breakOff);
  const either = signal === undefined ? stopped.signal : AbortSignal.any([signal, stopped.signal]);
  const waiting: Promise<BatchAnswer>[] = [];
  try {
    for (let next = tasks.next(); next.done !== true || waiting.length > 0;) {
      signal?.throwIfAborted();
      for (; next.done !== true && waiting.length < limit; next = tasks.next()) {
        const answer = pool.run(next.value, { signal: either });
        // Whoever is not waited for yet may fail first.
        answer.catch(() => undefined);
        waiting.push(answer);
      }
      const first = waiting.shift();
      if (first !== undefined) yield* masksOf(await first);
    }
  } catch (error) {
    either.throwIfAborted();
    throw error;
  } finally {
    pool.off('error', breakOff);
    stopped.abort();
    await Promise.allSettled(waiting);
  }
}

/** The masks one after the other, and then the memory of their lines is given back. */
function* masksOf(answer: BatchAnswer): Generator<readonly [ConvertedMask]> {
  if ('failure' in answer) {
    const { code, message, facts } = answer.failure;
    throw new MaskloopError(code, message, { facts });
  }
  for (const mask of masksFromLines(answer.lines, 'The answer of a thread')) yield [mask];
  release(answer.lines);
}
