/**
 * Converts damaged PNGs of every layout, by values and by colours: each one gives a named failure or the right answer, by
 * comparison with a slow reader of our own. One case in fifty declares a large image that its body does not hold. Exit code 1
 * for anything else: a crash, a wrong answer, a sound file refused, a damaged one accepted, a case that takes more memory than
 * what its header declares and its body can fill, or more than the process may take at its peak, or a case that does not end.
 *
 * usage: tsx scripts/fuzz-png.ts [--cases N] [--seed N] [--first N]
 */
import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { fuzzCase } from '../test/kit/fuzz/fuzz-case.ts';
import { largeCase } from '../test/kit/fuzz/large-case.ts';
import { runScript, ScriptFailed } from './bench/python.ts';

const planSchema = z.object({
  seed: z.int(),
  first: z.int(),
  cases: z.int(),
  /** One number: cases that are done. */
  done: z.custom<Int32Array<SharedArrayBuffer>>((value) => value instanceof Int32Array),
});
type Plan = z.infer<typeof planSchema>;

/** A case takes a millisecond; one that takes so many does not end. */
const HANG_MS = 20_000;
const LOOK_MS = 500;
const MAX_HEAP_MB = 512;
const SEEDS = 2 ** 31;
/** One case in so many is a large one. */
const LARGE_EVERY = 50;
/** What all cases together may add to the memory of the process. */
const MAX_GROWTH_MB = 256;

/** Runs all cases in this thread, which the main thread watches. */
async function runCases({ seed, first, cases, done }: Plan): Promise<void> {
  const counts: Record<string, number> = {};
  for (let i = 0; i < cases; i += 1) {
    const make = (first + i) % LARGE_EVERY === LARGE_EVERY - 1 ? largeCase : fuzzCase;
    const { damage, byValues, byColours } = make(seed, first + i);
    for (const kind of [`${damage}, by values: ${byValues}`, `${damage}, by colours: ${byColours}`]) {
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    Atomics.store(done, 0, i + 1);
    // Memory that is given back goes with the next turn of the thread, as it does between batches of masks.
    if ((first + i) % LARGE_EVERY === LARGE_EVERY - 1) await setImmediate();
  }
  parentPort?.postMessage(counts, []);
}

async function watched(plan: Plan): Promise<Record<string, number>> {
  // Threads begin without the loader of this one.
  const program = `import('tsx/esm/api').then(({ register }) => { register(); return import('${import.meta.url}'); })`;
  const worker = new Worker(program, {
    eval: true,
    workerData: plan,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  const ended = new AbortController();
  try {
    return await Promise.race([countsOf(worker), failOnHang(plan, ended.signal)]);
  } finally {
    ended.abort();
    await worker.terminate();
  }
}

async function countsOf(worker: Worker): Promise<Record<string, number>> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', (error) => reject(new ScriptFailed(error.message)));
    worker.once('exit', (code) => reject(new ScriptFailed(`The thread ended with ${code} before its cases.`)));
  });
}

async function failOnHang({ seed, first, done }: Plan, signal: AbortSignal): Promise<never> {
  let [last, since] = [0, Date.now()];
  for (;;) {
    await delay(LOOK_MS, undefined, { signal });
    const now = Atomics.load(done, 0);
    if (now !== last) [last, since] = [now, Date.now()];
    if (Date.now() - since > HANG_MS) throw new ScriptFailed(`seed ${seed}, case ${first + now} does not end.`);
  }
}

async function main(): Promise<void> {
  const options = { cases: { type: 'string' }, seed: { type: 'string' }, first: { type: 'string' } } as const;
  const { values } = parseArgs({ options });
  const cases = Number(values.cases ?? 10_000);
  const seed = Number(values.seed ?? Math.floor(Math.random() * SEEDS));
  const first = Number(values.first ?? 0);
  if (!Number.isSafeInteger(cases) || cases < 1 || !Number.isSafeInteger(seed) || !Number.isSafeInteger(first)) {
    throw new ScriptFailed('--cases, --seed and --first take whole numbers, --cases at least 1.');
  }
  console.log(`${cases} cases from ${first}, seed ${seed} (again with --seed ${seed} --first N --cases 1)`);
  const begun = performance.now();
  const peakBefore = peakMb();
  const counts = await watched({ seed, first, cases, done: new Int32Array(new SharedArrayBuffer(4)) });
  for (const kind of Object.keys(counts).toSorted()) console.log(`${String(counts[kind]).padStart(8)}  ${kind}`);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const [peak, grown] = [peakMb(), peakMb() - peakBefore];
  if (grown > MAX_GROWTH_MB) {
    throw new ScriptFailed(`${grown} MB more than at the beginning; ${MAX_GROWTH_MB} MB are allowed.`);
  }
  console.log(
    `${cases} cases: a named failure or the right answer each; ${seconds} s, at most ${peak} MB, ${grown} MB more than at the beginning`,
  );
}

/** Highest resident memory of this process so far, in MiB. */
function peakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

if (isMainThread) await runScript(main);
else await runCases(planSchema.parse(workerData));
