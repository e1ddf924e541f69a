/**
 * Compares our conversion with that of Pillow and pycocotools on random masks of every layout: the parsed documents,
 * every `counts` text, and the files to the byte. Then compares random polygons, boxes and masks as run lengths, and their
 * IoU. Exit code 1 on any difference, or if nothing was compared.
 *
 * usage: tsx scripts/check-pycocotools.ts [--seed N] [--masks N of each kind] [--cases N of shapes]
 */
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
import { checkMeasures } from './pycocotools/check-measures.ts';
import { preparePython, PYTHON, run, runScript, ScriptFailed } from './bench/python.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const REFERENCE = join(HERE, 'pycocotools_reference.py');
const TASK = 'Prüfung_1';
const SUFFIX = '_pre';

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
  if (own.images.length === 0 || own.annotations.length === 0) throw new ScriptFailed('Nothing was compared.');
  let countsBytes = 0;
  for (const [index, { segmentation, ...annotation }] of own.annotations.entries()) {
    const counterpart = other.annotations[index];
    const file = own.images[annotation.image_id - 1]?.file_name;
    if (segmentation.counts !== counterpart?.segmentation.counts) {
      throw new ScriptFailed(
        `${file}, category ${annotation.category_id}: counts differ\n` +
          `  ours   ${segmentation.counts}\n  theirs ${counterpart?.segmentation.counts ?? 'missing'}`,
      );
    }
    countsBytes += segmentation.counts.length;
  }
  const [parsedOurs, parsedTheirs]: unknown[] = [ours, theirs].map((bytes) => JSON.parse(bytes.toString()) as unknown);
  if (!isDeepStrictEqual(parsedOurs, parsedTheirs)) throw new ScriptFailed('The parsed documents differ.');
  if (!ours.equals(theirs)) throw new ScriptFailed('The documents are equal, but their files differ in layout.');
  return (
    `equal: ${own.images.length} masks, ${own.annotations.length} annotations, ` +
    `${countsBytes} bytes of counts, ${ours.length} bytes of JSON`
  );
}

async function main(): Promise<void> {
  const options = { seed: { type: 'string' }, masks: { type: 'string' }, cases: { type: 'string' } } as const;
  const { values } = parseArgs({ options });
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  const ofEach = Number(values.masks ?? 12);
  const cases = Number(values.cases ?? 1000);
  if (![seed, ofEach, cases].every(Number.isSafeInteger) || ofEach < 1 || cases < 1) {
    throw new ScriptFailed('--seed, --masks and --cases take whole numbers, the last two at least 1.');
  }
  console.log(preparePython());
  console.log(`seed ${seed} (again with --seed ${seed}), ${ofEach} masks of each of ${LAYOUT_KINDS.length} kinds`);
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-pycocotools-'));
  try {
    const { ours, theirs } = await convertBoth(dir, generate(seed, ofEach));
    console.log(compare(ours, theirs));
    console.log(await checkMeasures(dir, seed, cases));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

await runScript(main);
