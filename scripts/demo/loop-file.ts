import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { SandboxProcess } from '../processes/sandbox-process.ts';

/** The loop of the demo. */
export const DEMO_LOOP = {
  name: 'instruments',
  connection: 'default',
  project: 'SurgVU',
  taskName: 'Iteration_{n}',
  iterations: 3,
} as const;

/** Writes the `maskloop.yaml` of the demo, over the generated frames, into a folder. Returns its path. */
export async function writeLoopFile(dir: string, { facts }: SandboxProcess, seed: string): Promise<string> {
  const { name, project, taskName, iterations } = DEMO_LOOP;
  const file = join(dir, 'maskloop.yaml');
  const content = {
    name,
    project,
    taskName,
    categories: facts.categoriesFile,
    pool: { images: facts.imagesDir },
    batch: { size: 6, strategy: '70% uncertainty, 30% random', candidates: 12, seed },
    masks: { first: 'predict' },
    cvat: { createProject: true, segmentSize: 3, poll: '1s', quiet: '1s' },
    training: { model: facts.model, heldOutFrames: 6 },
    stop: { budget: { iterations, action: 'stop' } },
  };
  await writeFile(file, stringify(content));
  return file;
}
