/**
 * Compares our conversion with that of Pillow and pycocotools on random masks of every layout: the parsed documents,
 * every `counts` text, and the files to the byte. Exit code 1 on any difference, or if nothing was compared.
 *
 * usage: tsx scripts/check-pycocotools.ts [--seed N] [--masks N of each kind]
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { masksToCoco } from '../src/coco/masks-to-coco.ts';
import { parseCocoDocument } from '../src/coco/parse-document.ts';
import { arbitraryMask, arbitraryPng, LAYOUT_KINDS, type KitPng } from '../test/kit/png-arbitrary.ts';
import { writePng } from '../test/kit/png-writer.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const VENV = join(HERE, '..', '.cache', 'pycocotools-venv');
const PYTHON = join(VENV, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const REFERENCE = join(HERE, 'pycocotools_reference.py');
const PACKAGES = ['pycocotools', 'numpy', 'pillow'];
const TASK = 'Prüfung_1';
const SUFFIX = '_pre';

class CheckFailed extends Error {}

/** Runs a program to its end and returns what it printed. */
function run(program: string, args: readonly string[], hint: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status === 0) return stdout;
  throw new CheckFailed(`${hint}\n${error?.message ?? stderr.trim()}`);
}

/** The environment is kept between runs; a half-made one is made again. */
function preparePython(): string {
  const show =
    'import importlib.metadata as m; print(*(f"{p} {m.version(p)}" for p in ' + JSON.stringify(PACKAGES) + '))';
  const check = ['-c', `import numpy, PIL.Image, pycocotools.mask; ${show}`];
  if (!existsSync(PYTHON) || spawnSync(PYTHON, check).status !== 0) {
    const version = run('python3', ['--version'], 'python3 is missing: install Python 3.9 or newer with venv and pip.');
    console.log(`making ${VENV} with ${version.trim()}`);
    run('python3', ['-m', 'venv', '--clear', VENV], 'python3 cannot make an environment: install its venv package.');
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES];
    run(PYTHON, pip, `pip cannot install ${PACKAGES.join(', ')}:`);
  }
  return run(PYTHON, check, 'The Python environment is unusable.').trim();
}

/** Random masks of each kind, and some of unusual shape or with many classes. */
function generate(seed: number, ofEach: number): KitPng[] {
  const random = LAYOUT_KINDS.flatMap((kind, index) =>
    fc.sample(arbitraryPng(40, [kind]), { seed: seed + index, numRuns: ofEach }),
  );
  const sides: [number, number][] = [
    [5000, 3],
    [3, 5000],
    [1, 1],
    [257, 129],
  ];
  const unusual = sides.flatMap(([width, height], index) =>
    fc.sample(arbitraryMask(300, 40), { seed: seed + 100 + index, numRuns: 2 }).map((tile) => {
      const values = Uint16Array.from({ length: width * height }, (_, at) => {
        const [x, y] = [at % width, Math.floor(at / width)];
        return tile.values[(y % tile.height) * tile.width + (x % tile.width)] ?? 0;
      });
      const mask = { width, height, values };
      const layout = { colourType: 0, bitDepth: 16, interlaced: index % 2 === 1, filters: [4, 3, 2, 1] } as const;
      return { mask, layout, png: writePng(mask, layout) };
    }),
  );
  return [...random, ...unusual];
}

async function writeInputs(dir: string, pngs: readonly KitPng[]): Promise<{ id: number; name: string }[]> {
  for (const [index, { layout, png }] of pngs.entries()) {
    const kind = `${layout.colourType === 0 ? 'grey' : 'palette'}-${layout.bitDepth}`;
    const path = join(dir, 'masks', layout.interlaced === true ? `verflochten-ü/${kind}` : kind, `m${index}.png`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, png);
  }
  const ids = new Set(pngs.flatMap(({ mask }) => [...new Set(mask.values)]));
  ids.delete(0);
  const categories = [...ids].map((id) => ({ id, name: `Gerät "${id}" \u{1F600}`, supercategory: 'tool' }));
  await writeFile(join(dir, 'categories.json'), JSON.stringify(categories));
  return categories;
}

/** Converts the same masks both ways and returns the two files. */
async function convertBoth(dir: string, pngs: readonly KitPng[]): Promise<{ ours: Buffer; theirs: Buffer }> {
  const categories = await writeInputs(dir, pngs);
  for (const out of ['ours', 'theirs']) await mkdir(join(dir, out));
  const maskDir = join(dir, 'masks');
  const { documentPath } = await masksToCoco({
    maskDir,
    outDir: join(dir, 'ours'),
    task: TASK,
    suffix: SUFFIX,
    categories,
  });
  const args = [REFERENCE, maskDir, join(dir, 'categories.json'), TASK, SUFFIX, join(dir, 'theirs')];
  run(PYTHON, args, 'The reference failed:');
  return { ours: await readFile(documentPath), theirs: await readFile(join(dir, 'theirs', `${TASK}${SUFFIX}.json`)) };
}

function compare(ours: Buffer, theirs: Buffer): string {
  const own = parseCocoDocument(ours, 'our document');
  const other = parseCocoDocument(theirs, 'their document');
  if (own.images.length === 0 || own.annotations.length === 0) throw new CheckFailed('Nothing was compared.');
  let countsBytes = 0;
  for (const [index, { segmentation, ...annotation }] of own.annotations.entries()) {
    const counterpart = other.annotations[index];
    const file = own.images[annotation.image_id - 1]?.file_name;
    if (segmentation.counts !== counterpart?.segmentation.counts) {
      throw new CheckFailed(
        `${file}, category ${annotation.category_id}: counts differ\n` +
          `  ours   ${segmentation.counts}\n  theirs ${counterpart?.segmentation.counts ?? 'missing'}`,
      );
    }
    countsBytes += segmentation.counts.length;
  }
  const [parsedOurs, parsedTheirs]: unknown[] = [ours, theirs].map((bytes) => JSON.parse(bytes.toString()) as unknown);
  if (!isDeepStrictEqual(parsedOurs, parsedTheirs)) throw new CheckFailed('The parsed documents differ.');
  if (!ours.equals(theirs)) throw new CheckFailed('The documents are equal, but their files differ in layout.');
  return (
    `equal: ${own.images.length} masks, ${own.annotations.length} annotations, ` +
    `${countsBytes} bytes of counts, ${ours.length} bytes of JSON`
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, masks: { type: 'string' } } });
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  const ofEach = Number(values.masks ?? 12);
  if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(ofEach) || ofEach < 1) {
    throw new CheckFailed('--seed and --masks take whole numbers, --masks at least 1.');
  }
  console.log(preparePython());
  console.log(`seed ${seed} (again with --seed ${seed}), ${ofEach} masks of each of ${LAYOUT_KINDS.length} kinds`);
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-pycocotools-'));
  try {
    const { ours, theirs } = await convertBoth(dir, generate(seed, ofEach));
    console.log(compare(ours, theirs));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof CheckFailed ? error.message : error);
  process.exitCode = 1;
}
