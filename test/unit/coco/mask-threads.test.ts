import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_RULES } from '../../../src/contracts/conversion.ts';
import type { ConvertedMask } from '../../../src/coco/converted-mask.ts';
import { inThisThread, type MaskBatches } from '../../../src/coco/mask-batches.ts';
import type { MaskReading } from '../../../src/coco/mask-converter.ts';
import type { MaskFile } from '../../../src/coco/read-mask-file.ts';
import { createMaskThreads } from '../../../src/coco/mask-threads.ts';
import { hashFile } from '../../../src/storage/file-hash.ts';
import { writeMask } from '../../../src/coco/write-mask.ts';

const READING = { declared: [1, 2, 3], rules: DEFAULT_RULES };
const MASKS = 150;

function filesAt(paths: readonly string[]): readonly MaskFile[] {
  return paths.map((path) => ({ path }));
}

async function all(
  batches: MaskBatches,
  paths: readonly string[],
  signal?: AbortSignal,
  reading: MaskReading = READING,
): Promise<ConvertedMask[]> {
  const masks: ConvertedMask[] = [];
  for await (const batch of batches.convert(filesAt(paths), reading, signal)) masks.push(...batch);
  return masks;
}

describe('converting in threads', () => {
  const threads = createMaskThreads(2);
  let dir: string;
  let paths: string[];

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'maskloop-threads-'));
    paths = Array.from({ length: MASKS }, (_, i) => join(dir, `${i}.png`));
    for (const [i, path] of paths.entries()) {
      const values = Uint8Array.from({ length: 35 }, (_, at) => (at * 7 + i) % 4);
      await writeFile(path, writeMask({ width: 7, height: 5, values }));
    }
  });

  afterAll(async () => {
    await threads.close();
    await rm(dir, { recursive: true });
  });

  it('gives the same masks in the same order as without threads', async () => {
    const masks = await all(threads, paths);
    expect(masks).toHaveLength(MASKS);
    expect(masks).toEqual(await all(inThisThread, paths));
  });

  it('takes rules to the threads, and brings back colours and components that were left out', async () => {
    const components = { connectivity: 4, minArea: 2 } as const;
    const rules = { ...DEFAULT_RULES, unknown: 'skip', colours: [['#010101', 2]], components } as const;
    const masks = await all(threads, paths, undefined, { declared: [2], rules });
    expect(masks[0]?.skipped.map(({ value }) => value)).toContain('#020202');
    expect(masks[0]?.dropped.components).toBeGreaterThan(0);
    expect(masks).toEqual(await all(inThisThread, paths, undefined, { declared: [2], rules }));
  });

  it('serves several conversions at a time', async () => {
    const [first, second] = await Promise.all([all(threads, paths), all(threads, paths.toReversed())]);
    expect(second).toEqual(first.toReversed());
  });

  it('fails with the first file that cannot be converted, whichever thread fails first', async () => {
    const broken = paths.with(100, join(dir, 'missing.png')).with(120, join(dir, 'missing too.png'));
    await expect(all(threads, broken)).rejects.toMatchObject({
      code: 'UnreadableFile',
      message: expect.stringContaining('missing.png'),
      facts: { file: join(dir, 'missing.png') },
    });
    expect(await all(threads, paths)).toHaveLength(MASKS);
  });

  it('tells of a value that no category declares with its facts', async () => {
    const odd = join(dir, 'odd.png');
    await writeFile(odd, writeMask({ width: 2, height: 1, values: Uint8Array.of(9, 0) }));
    await expect(all(threads, paths.with(140, odd))).rejects.toMatchObject({
      code: 'UndeclaredCategory',
      facts: { file: odd, value: 9, count: 1 },
    });
  });

  it.each([
    ['in threads', threads, MASKS],
    ['in this thread', inThisThread, 3],
  ] as const)('converts %s only what has the hash that was asked for', async (_where, batches, count) => {
    const files = await Promise.all(
      paths.slice(0, count).map(async (path) => ({ path, sha256: await hashFile(path) })),
    );
    const masks: ConvertedMask[] = [];
    for await (const batch of batches.convert(files, READING)) masks.push(...batch);
    expect(masks).toHaveLength(count);
    const changed = files.with(2, { path: paths[2] ?? '', sha256: files[1]?.sha256 ?? '' });
    const converting = (async () => {
      for await (const _ of batches.convert(changed, READING)) continue;
    })();
    await expect(converting).rejects.toMatchObject({
      code: 'InputChanged',
      message: expect.stringContaining(paths[2] ?? ''),
      facts: { file: paths[2], expected: files[1]?.sha256, found: files[2]?.sha256 },
    });
  });

  it('ends with the reason of the signal, and works on afterwards', async () => {
    const controller = new AbortController();
    const converting = (async () => {
      for await (const _ of threads.convert(filesAt(paths), READING, controller.signal))
        controller.abort(new Error('enough'));
    })();
    await expect(converting).rejects.toThrow('enough');
    expect(await all(threads, paths)).toHaveLength(MASKS);
  });

  it('gives up what is under way when the caller stops reading', async () => {
    for await (const _ of threads.convert(filesAt(paths), READING)) break;
    expect(await all(threads, paths)).toHaveLength(MASKS);
  });
});
