/**
 * Paints the recorded tasks with shapes of every type, and random ones, with our code and with a reference in Python,
 * and compares them pixel by pixel. Exit code 1 on any difference, or if nothing was compared.
 *
 * usage: tsx scripts/check-shapes.ts [--seed N] [--tasks N]
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { z } from 'zod';
import { nativeWire } from '../src/cvat/wire/native.ts';
import { preparePython, PYTHON, run, runScript, ScriptFailed } from './bench/python.ts';
import { paintTask } from './shapes/paint-task.ts';
import { randomTasks, type ShapeTask } from './shapes/random-tasks.ts';

const RECORDED = join(import.meta.dirname, '../test/fixtures/cvat-mixed-shapes.json');

const annotations = z.looseObject({
  shapes: z.array(z.looseObject({})),
  tracks: z.array(z.looseObject({})),
  tags: z.array(z.looseObject({})),
});
const recordedSchema = z.array(z.object({ version: z.string(), annotations }));
const paintedSchema = z.array(
  z.array(z.object({ values: z.array(z.number()), pixels: z.record(z.string(), z.number()) })),
);

/** The tasks as both versions of CVAT gave them back; their frames are 96×64. */
async function recordedTasks(): Promise<ShapeTask[]> {
  const recorded = recordedSchema.parse(JSON.parse(await readFile(RECORDED, 'utf8')));
  return recorded.map(({ version, annotations: held }) => {
    return { name: `recorded from CVAT ${version}`, width: 96, height: 64, frames: 14, annotations: held };
  });
}

async function paintedByPython(dir: string, tasks: readonly ShapeTask[]): Promise<z.infer<typeof paintedSchema>> {
  const [given, painted] = [join(dir, 'tasks.json'), join(dir, 'painted.json')];
  await writeFile(given, JSON.stringify(tasks));
  run(PYTHON, [join(import.meta.dirname, 'shapes_reference.py'), given, painted], 'The reference failed:');
  return paintedSchema.parse(JSON.parse(await readFile(painted, 'utf8')));
}

/** What differs between two paintings of a frame, for the terminal. */
function difference(task: ShapeTask, frame: number, ours: readonly number[], theirs: readonly number[]): string {
  const at = ours.findIndex((value, i) => value !== theirs[i]);
  const { shapes, tracks } = task.annotations;
  const own = shapes.filter((shape) => 'frame' in shape && shape.frame === frame);
  return (
    `${task.name}, frame ${frame}, ${task.width} × ${task.height}: pixel ${at % task.width}, ${Math.floor(at / task.width)} ` +
    `is ${ours[at]}, the reference says ${theirs[at]}\n${JSON.stringify([...own, ...tracks])}`
  );
}

async function compare(tasks: readonly ShapeTask[], theirs: z.infer<typeof paintedSchema>): Promise<string> {
  const counts = { frames: 0, pixels: 0 };
  const shapes: Record<string, number> = {};
  for (const [index, task] of tasks.entries()) {
    for (const [frame, ours] of (await paintTask(task)).entries()) {
      const reference = theirs[index]?.[frame];
      if (!isDeepStrictEqual(ours, reference)) {
        throw new ScriptFailed(difference(task, frame, ours.values, reference?.values ?? []));
      }
      counts.frames += 1;
      counts.pixels += Object.values(ours.pixels).reduce((sum, pixels) => sum + pixels, 0);
    }
    const held = nativeWire.parse(task.annotations);
    const types = [...held.shapes.map(({ type }) => type), ...held.tracks.map(() => 'track')];
    for (const type of types) shapes[type] = (shapes[type] ?? 0) + 1;
  }
  if (counts.pixels === 0) throw new ScriptFailed('Nothing was compared.');
  const kinds = Object.entries(shapes).map(([type, count]) => `${count} ${type}`);
  return `equal: ${counts.pixels} pixels on ${counts.frames} frames of ${tasks.length} tasks; ${kinds.join(', ')}`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, tasks: { type: 'string' } } });
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  const tasks = Number(values.tasks ?? 300);
  if (![seed, tasks].every(Number.isSafeInteger) || tasks < 1) {
    throw new ScriptFailed('--seed and --tasks take whole numbers, the latter at least 1.');
  }
  console.log(preparePython());
  const recorded = await recordedTasks();
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-shapes-'));
  try {
    console.log(`recorded: ${await compare(recorded, await paintedByPython(dir, recorded))}`);
    const random = randomTasks(seed, tasks);
    console.log(`seed ${seed} (again with --seed ${seed}), ${tasks} tasks`);
    console.log(`random: ${await compare(random, await paintedByPython(dir, random))}`);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

await runScript(main);
