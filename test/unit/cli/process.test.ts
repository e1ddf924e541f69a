import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import { readMask } from '../../../src/coco/read-mask.ts';
import { writeColourMask } from '../../../src/coco/write-colour-mask.ts';
import { writeMask } from '../../../src/coco/write-mask.ts';

const PROGRAM = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

let folder = '';
let home = '';
/** Waits for seconds, so it is begun before the other tests. */
let unanswered: Promise<Ended>;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'maskloop-cli-'));
  unanswered = run(home, ['list', '--json']);
});
afterAll(async () => {
  await unanswered;
  await rm(home, { recursive: true });
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-cli-'));
  await mkdir(path.join(folder, 'masks'));
  await mkdir(path.join(folder, 'out'));
  await writeFile(path.join(folder, 'masks/a.png'), writeMask({ width: 3, height: 1, values: Uint8Array.of(0, 1, 7) }));
  await writeFile(path.join(folder, 'categories.json'), '[{"id":1,"name":"tool"}]');
});
afterEach(async () => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program as it was built, with nothing in its environment but what it needs to start. */
async function run(cwd: string, words: readonly string[]): Promise<Ended> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: cwd, TEMPORAL_ADDRESS: '127.0.0.1:1' };
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, ...words], { cwd, env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

async function maskloop(...words: readonly string[]): Promise<Ended> {
  return run(folder, words);
}

const CONVERT = ['convert', 'masks', '--task', 'T', '--categories', 'categories.json', '--out', 'out'];

describe('the program as a process', () => {
  it('converts, prints the path of the document and counts what it left out', async () => {
    const { code, stdout, stderr } = await maskloop(...CONVERT, '--unknown', 'skip');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'out/T.json\n' });
    expect(stderr).toContain('1 image, 1 annotation');
    expect(stderr).toContain('value 7: 1 pixel left out');
    const document = JSON.parse(await readFile(path.join(folder, 'out/T.json'), 'utf8')) as { annotations: unknown[] };
    expect(document.annotations).toHaveLength(1);
  });

  it('converts a binary mask with the flag that its failure names', async () => {
    const values = Uint8Array.of(0, 255, 255);
    await writeFile(path.join(folder, 'masks/a.png'), writeMask({ width: 3, height: 1, values }));
    const refused = await maskloop(...CONVERT);
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 1, stdout: '' });
    const [, flag = '', value = ''] = /(--map) (\d+=\d+)/.exec(refused.stderr) ?? [];
    const { code, stderr } = await maskloop(...CONVERT, flag, value);
    expect(code).toBe(0);
    expect(stderr).toContain('1 image, 1 annotation');
  });

  it('refuses a map to a category that is not declared before it reads a mask', async () => {
    const { code, stderr } = await maskloop(...CONVERT, '--map', '7=2');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error InvalidValueMap: .*7 is mapped to 2.*\nwhat to do: .*\n$/s);
  });

  it("converts masks in the colours of CVAT's label map, and names a colour that the map lacks", async () => {
    const mask = { width: 3, height: 2, values: Uint8Array.of(0, 1, 1, 0, 0, 2) };
    const png = writeColourMask(mask, [
      ['#fa3253', 1],
      ['#00ff00', 2],
    ]);
    await writeFile(path.join(folder, 'masks/a.png'), png);
    await writeFile(path.join(folder, 'labelmap.txt'), '# label:color_rgb:parts:actions\ntool:250,50,83::\n');
    const refused = await maskloop(...CONVERT, '--label-map', 'labelmap.txt');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/^error UnknownColour: masks\/a\.png .*#00ff00.*x 2, y 1/);
    const { code, stderr } = await maskloop(...CONVERT, '--label-map', 'labelmap.txt', '--unknown', 'skip');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '1 image, 1 annotation\ncolour #00ff00: 1 pixel left out\n' });
    const decoded = await maskloop('decode', 'out/T.json', '--out', 'back', '--label-map', 'labelmap.txt');
    expect(decoded).toEqual({ code: 0, stdout: 'back\n', stderr: '1 mask in colour\n' });
    const back = PNG.sync.read(await readFile(path.join(folder, 'back/a.png')));
    expect([...back.data.subarray(4, 8)]).toEqual([250, 50, 83, 255]);
  });

  it('prints one JSON document with --json', async () => {
    const { code, stdout, stderr } = await maskloop(...CONVERT, '--unknown', 'skip', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ images: 1, annotations: 1, skippedPixels: { '7': 1 } });
  });

  it('ends with 1, says what is wrong and what to do, and leaves nothing behind', async () => {
    const { code, stdout, stderr } = await maskloop(...CONVERT);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error UndeclaredCategory: .*a\.png.*7.*\nwhat to do: .*\n$/s);
    expect(await readdir(path.join(folder, 'out'))).toEqual([]);
  });

  it('decodes what it converted to the same masks, and finds nothing to compare but equal shapes', async () => {
    await maskloop(...CONVERT, '--unknown', 'skip');
    const decoded = await maskloop('decode', 'out/T.json', '--out', 'back');
    expect(decoded).toEqual({ code: 0, stdout: 'back\n', stderr: '1 mask of 8 bits\n' });
    const { values } = readMask(await readFile(path.join(folder, 'back/a.png')), 'a.png');
    expect([...values]).toEqual([0, 1, 0]);
    const compared = await maskloop('compare', 'out/T.json', 'out/T.json');
    expect(compared).toMatchObject({ code: 0, stderr: '' });
    expect(compared.stdout).toMatch(/^tool +1 +1\.0000 +1\.0000 +1 +0 +0 +0$/m);
  });

  it('puts a folder into the store, prints its address, and copies nothing a second time', async () => {
    const first = await maskloop('put', 'masks');
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^store:sha256\/(..)\/\1.{62}\n$/) });
    expect(first.stderr).toMatch(/^1 file, \d+ B, 1 of them new; pass the address as --images or --masks\n$/);
    expect(await maskloop('put', 'masks/')).toEqual({
      ...first,
      stderr: first.stderr.replace('1 of them new', 'all of them were there already'),
    });
    const { stdout, stderr } = await maskloop('put', 'masks', '--json');
    expect([JSON.parse(stdout), stderr]).toEqual([
      expect.objectContaining({ uri: first.stdout.trim(), files: 1, copied: { files: 0, bytes: 0 } }),
      '',
    ]);
    const { code, stderr: refused } = await maskloop('put', 'out');
    expect([code, refused]).toEqual([
      2,
      expect.stringMatching(/^error EmptyFolder: .*\/out holds no file[^]*\nwhat to do: /),
    ]);
  });

  it('names a categories file that cannot be read', async () => {
    const { code, stderr } = await maskloop('convert', 'masks', '--task', 'T', '--categories', 'absent.json', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'UnreadableFile', facts: { file: 'absent.json' } } });
  });

  it('ends with 2 for wrong usage and for settings that cannot be used', async () => {
    expect((await maskloop('convert', 'masks')).code).toBe(2);
    const { code, stderr } = await maskloop('worker');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error InvalidConfiguration: 2 settings[^]*CVAT_URL[^]*CVAT_TOKEN/);
  });

  it('says within seconds that Temporal does not answer', async () => {
    const { code, stderr } = await unanswered;
    expect(code).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({
      error: {
        code: 'TemporalUnreachable',
        facts: { address: '127.0.0.1:1' },
        action: expect.stringContaining('maskloop up'),
      },
    });
  });
});
