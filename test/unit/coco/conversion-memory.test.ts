import { execFile } from 'node:child_process';
import { link, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeMask } from '../../../src/coco/write-mask.ts';

const CONVERSION = pathToFileURL(resolve(import.meta.dirname, '../../../dist/coco/convert-folder.js')).href;
const [WIDTH, HEIGHT, CLASSES] = [192, 144, 3];
const [FEW, MANY] = [200, 2000];
const SOURCES = 20;
const MB = 10 ** 6;
/** What the heap takes by and by of its own accord is 35 MB; a mask's text alone, kept for each, would be 100. */
const GROWTH = 60 * MB;
/** They take 35 MB; 125 if each is left to decide when it looks for garbage and holds a batch as objects. */
const TWO_THREADS = 75 * MB;

/** Converts and prints the highest resident memory, in bytes, that was seen after a mask. */
const PROGRAM = `
  const [, maskDir, outDir, workers] = process.argv;
  const { convertFolder } = await import(${JSON.stringify(CONVERSION)});
  const categories = [1, 2, 3].map((id) => ({ id, name: 'class ' + id, supercategory: 'tool' }));
  let peak = 0;
  const onProgress = () => { peak = Math.max(peak, process.memoryUsage.rss()); };
  const common = { task: 'T', categories, compact: false, gzip: false };
  await convertFolder({ ...common, maskDir, outDir, workers: Number(workers), onProgress });
  console.log(peak);
`;

describe('the memory of a conversion', () => {
  const peaks = new Map<string, number>();
  let dir: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'maskloop-memory-'));
    const sources = Array.from({ length: SOURCES }, (_, index) => join(dir, `source_${index}.png`));
    for (const [index, source] of sources.entries()) await writeFile(source, raggedMask(index));
    for (const count of [FEW, MANY]) {
      await mkdir(join(dir, `${count}`));
      for (let i = 0; i < count; i += 1) await link(sources[i % SOURCES] ?? '', join(dir, `${count}`, `${i}.png`));
    }
  });

  afterAll(() => rm(dir, { recursive: true }));

  it.each([1, 2])('hardly grows with the number of masks, with %i at work', async (workers) => {
    expect((await peakOf(MANY, workers)) - (await peakOf(FEW, workers))).toBeLessThan(GROWTH);
  });

  it('is little more with two threads than without', async () => {
    expect((await peakOf(MANY, 2)) - (await peakOf(MANY, 1))).toBeLessThan(TWO_THREADS);
  });

  async function peakOf(masks: number, workers: number): Promise<number> {
    const run = `${masks} ${workers}`;
    const known = peaks.get(run);
    if (known !== undefined) return known;
    const out = await mkdtemp(join(dir, 'out-'));
    const args = ['--input-type=module', '--eval', PROGRAM, join(dir, `${masks}`), out, String(workers)];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: {} });
    await rm(out, { recursive: true });
    peaks.set(run, Number(stdout));
    return Number(stdout);
  }
});

/** A mask with a run every few pixels, so that its text is long. */
function raggedMask(seed: number): Uint8Array {
  let state = seed + 1;
  const values = Uint8Array.from({ length: WIDTH * HEIGHT }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 16) % (CLASSES + 1);
  });
  return writeMask({ width: WIDTH, height: HEIGHT, values });
}
