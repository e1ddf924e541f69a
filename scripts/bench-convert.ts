/**
 * Measures `maskloop convert` against the notebook's script on the same masks: 1920 × 1080 pixels, six ragged classes,
 * written by Pillow. The notebook, one worker and all cores take turns, start-up included; the machine's other work hits
 * all alike. Exit code 1 if the documents differ or a limit of `bench/verdict.ts` is missed, which are those of 2,000 masks on two
 * cores. With `--memory` it measures instead the peak memory of `maskloop convert` alone, at each of the numbers of masks;
 * exit code 1 above the limit.
 *
 * usage: tsx scripts/bench-convert.ts [--masks N, default 2000] [--pairs N, default 3]
 *        tsx scripts/bench-convert.ts --memory N[,N…]
 */
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measure, type Taken } from './bench/measure.ts';
import { reportMemory } from './bench/memory.ts';
import { measureSteps } from './bench/in-process.ts';
import { judge, medianRatio } from './bench/verdict.ts';
import { preparePython, PYTHON, run, runScript, ScriptFailed } from './bench/python.ts';

const ROOT = resolve(import.meta.dirname, '..');
const BENCH = join(ROOT, 'scripts', 'bench');
const TASK = 'Iteration_1';
/** So many masks are measured step by step; they are as good as all. */
const MASKS_IN_PROCESS = 48;
/** So many different masks are linked, where memory is measured. */
const LINKED_MASKS = 300;

/** Makes the masks, the categories file and a folder for each document. */
async function prepare(dir: string, masks: number): Promise<void> {
  for (const name of ['masks', ...Object.keys(NAMES)]) await mkdir(join(dir, name));
  run(PYTHON, [join(BENCH, 'make_masks.py'), String(masks), join(dir, 'masks')], 'The masks cannot be made:');
  const categories = [1, 2, 3, 4, 5, 6].map((id) => ({ id, name: `class ${id}`, supercategory: 'tool' }));
  await writeFile(join(dir, 'categories.json'), JSON.stringify(categories));
}

/** What runs in turn. */
interface Commands {
  readonly notebook: readonly string[];
  readonly one: readonly string[];
  readonly all: readonly string[];
}

type Turn = Readonly<Record<keyof Commands, Taken>>;

const NAMES: Readonly<Record<keyof Commands, string>> = { notebook: 'notebook', one: 'one worker', all: 'all cores' };

function commands(dir: string, masks = join(dir, 'masks')): Commands {
  const categories = join(dir, 'categories.json');
  const cli = [process.execPath, join(ROOT, 'dist', 'cli.js'), 'convert', masks];
  const maskloop = [...cli, '--task', TASK, '--categories', categories, '--out', '.'];
  return {
    notebook: [PYTHON, join(BENCH, 'notebook.py'), masks, categories, TASK],
    one: [...maskloop, '--workers', '1'],
    all: maskloop,
  };
}

async function compareDocuments(dir: string): Promise<number> {
  const documents = Object.keys(NAMES).map((name) => readFile(join(dir, name, `${TASK}.json`)));
  const [theirs, ...ours] = await Promise.all(documents);
  if (theirs === undefined || ours.some((document) => !document.equals(theirs))) {
    throw new ScriptFailed('The documents differ.');
  }
  return theirs.length;
}

function show({ wall, cpu, peakMiB }: Taken, masks: number): string {
  const each = ((1000 * cpu) / masks).toFixed(2);
  return `${wall.toFixed(2)} s, ${cpu.toFixed(2)} s of CPU (${each} ms a mask), peak ${peakMiB.toFixed(0)} MiB`;
}

/** Prints the ratios of the notebook to ours. @returns that of the wall times */
function reportRatios(turns: readonly Turn[], ours: 'one' | 'all'): number {
  const ratio = (of: (taken: Taken) => number) =>
    medianRatio(turns.map((turn) => ({ theirs: of(turn.notebook), ours: of(turn[ours]) })));
  const [wall, cpu, memory] = [ratio((t) => t.wall), ratio((t) => t.cpu), ratio((t) => t.peakMiB)];
  const shown = [`wall ${wall.toFixed(1)} ×`, `CPU ${cpu.toFixed(1)} ×`, `peak memory ${memory.toFixed(1)} ×`];
  console.log(`${NAMES[ours]}: ${shown.join(', ')} (median of ${turns.length})`);
  return wall;
}

/** Prints what a mask takes step by step. @returns the last step, which is all of it, as a multiple of the first */
async function reportSteps(dir: string): Promise<number> {
  const names = (await readdir(join(dir, 'masks'))).slice(0, MASKS_IN_PROCESS);
  const steps = Object.entries(measureSteps(names.map((name) => join(dir, 'masks', name))));
  const bare = steps[0]?.[1] ?? Number.NaN;
  console.log('inside one process, ms of CPU a mask, and as a multiple of bare read and inflate:');
  for (const [name, ms] of steps) console.log(`  ${ms.toFixed(2)}  ${(ms / bare).toFixed(2)} ×  ${name}`);
  return (steps.at(-1)?.[1] ?? Number.NaN) / bare;
}

async function compareTurns(dir: string, masks: number, count: number): Promise<void> {
  const all = commands(dir);
  const turns: Turn[] = [];
  for (let index = 0; index < count; index += 1) {
    const take = (name: keyof Commands): Taken => {
      const taken = measure(join(dir, name), all[name]);
      console.log(`${NAMES[name].padEnd(10)}  ${show(taken, masks)}`);
      return taken;
    };
    turns.push({ notebook: take('notebook'), one: take('one'), all: take('all') });
  }
  console.log(`the documents are equal to the byte: ${await compareDocuments(dir)} bytes`);
  const figures = {
    oneWorker: reportRatios(turns, 'one'),
    allCores: reportRatios(turns, 'all'),
    inProcess: await reportSteps(dir),
  };
  const judgements = judge(figures);
  for (const { line } of judgements) console.log(line);
  const missed = judgements.filter(({ passed }) => !passed).length;
  if (missed > 0) throw new ScriptFailed(`${missed} of ${judgements.length} limits missed.`);
}

async function main(): Promise<void> {
  const options = { masks: { type: 'string' }, pairs: { type: 'string' }, memory: { type: 'string' } } as const;
  const { values } = parseArgs({ options });
  const [pairs, memory] = [Number(values.pairs ?? 3), values.memory?.split(',').map(Number) ?? []];
  const masks = Number(values.masks ?? (memory.length > 0 ? LINKED_MASKS : 2000));
  if (![masks, pairs, ...memory].every((number) => Number.isSafeInteger(number) && number > 0)) {
    throw new ScriptFailed('--masks, --pairs and --memory take whole numbers from 1.');
  }
  console.log(`${preparePython()}, Node ${process.versions.node}, ${availableParallelism()} cores`);
  run(process.execPath, [join(ROOT, 'scripts', 'build.mjs'), '--if-changed'], 'The build failed:');
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-bench-'));
  try {
    console.log(`making ${masks} masks`);
    await prepare(dir, masks);
    if (memory.length === 0) await compareTurns(dir, masks, pairs);
    else await reportMemory(dir, join(dir, 'masks'), memory, (folder) => commands(dir, folder).all);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

await runScript(main);
