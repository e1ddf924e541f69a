import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseLoopFile } from '../../../src/loop-file/parse-loop-file.ts';
import type { LoopFileProblem } from '../../../src/loop-file/loop-file-problem.ts';
import { isMaskloopError } from '../../../src/contracts/error.ts';

const page = await readFile(new URL('../../../docs/maskloop-yaml.md', import.meta.url), 'utf8');

/** The whole file that the documentation shows. */
export const EXAMPLE = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';

/** The least that a file has to say, after which lines of a test come. */
export const LEAST = `name: loop
project: P
categories: categories.json
pool: { images: frames }
batch: { size: 5 }
training: { model: segmentation }
`;

/** A folder with everything that {@link EXAMPLE} names. */
export async function exampleFolder(text = EXAMPLE): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'maskloop-file-'));
  await mkdir(path.join(folder, 'frames/video_1'), { recursive: true });
  await mkdir(path.join(folder, 'masks'));
  await writeFile(path.join(folder, 'frames/video_1/1.png'), 'frame');
  await writeFile(path.join(folder, 'masks/1.png'), 'mask');
  await writeFile(path.join(folder, 'categories.json'), '[{"id":1,"name":"instrument"},{"id":2,"name":"liver"}]');
  await writeFile(path.join(folder, 'maskloop.yaml'), text);
  await cp(new URL('../../../docs/maskloop.schema.json', import.meta.url), path.join(folder, 'maskloop.schema.json'));
  return folder;
}

/** What is wrong with a text; nothing where it can be used. */
export function problemsOf(text: string): readonly LoopFileProblem[] {
  try {
    parseLoopFile(text, 'maskloop.yaml');
    return [];
  } catch (error) {
    if (!isMaskloopError(error, 'InvalidLoopFile')) throw error;
    return error.facts['problems'] as unknown as readonly LoopFileProblem[];
  }
}

/** The same as `line:column path problem`. */
export function toldOf(text: string): readonly string[] {
  return problemsOf(text).map(({ line, column, path: keys, problem }) => `${line}:${column} ${keys} ${problem}`);
}
