import { describe, expect, it } from '@jest/globals';
import { runCli } from '../../../src/cli/run-cli.ts';
import type { Decoding } from '../../../src/coco/decode/decode-dataset.ts';
import { MaskloopError } from '../../../src/contracts/error.ts';
import { fakeTerminal } from './fake-context.ts';

async function decode(changes: Partial<Decoding>, ...flags: readonly string[]) {
  const asked: unknown[] = [];
  const decoding: Decoding = {
    outDir: 'masks',
    masks: 24,
    emptyMasks: 0,
    bitDepth: 8,
    inColour: false,
    overlaps: [],
    ...changes,
  };
  const terminal = fakeTerminal({
    decodeDataset: async ({ document, outDir, overwrite, rules }) => {
      asked.push({ document, outDir, overwrite, rules });
      return decoding;
    },
  });
  const code = await runCli(['decode', 'a.json', ...flags], terminal.context);
  return { asked, code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

describe('decode', () => {
  it('prints the folder, and tells of empty masks', async () => {
    const result = await decode({ emptyMasks: 3, bitDepth: 16 }, '--out', 'masks');
    expect(result).toMatchObject({
      code: 0,
      stdout: 'masks\n',
      stderr: '24 masks of 16 bits, 3 of them all background\n',
    });
    const rules = { values: [], ignore: [] };
    expect(result.asked).toEqual([{ document: 'a.json', outDir: 'masks', overwrite: false, rules }]);
    expect((await decode({}, '--out', 'm', '--overwrite')).asked).toMatchObject([{ outDir: 'm', overwrite: true }]);
  });

  it('takes the maps of values that convert takes, and not together with colours', async () => {
    const { asked } = await decode({}, '--out', 'm', '--map', '255=1,7=0', '--map', '300=2', '--ignore', '254');
    const values = [
      [255, 1],
      [7, 0],
      [300, 2],
    ];
    expect(asked).toMatchObject([{ rules: { values, ignore: [254] } }]);
    const mixed = await decode({}, '--out', 'm', '--ignore', '254', '--label-map', 'map.json');
    expect(mixed).toMatchObject({ code: 2, asked: [] });
    expect(mixed.stderr).toContain('--map and --ignore name values, and have no meaning with --label-map');
  });

  it('names the images on which shapes overlap, up to ten of them', async () => {
    const overlaps = Array.from({ length: 12 }, (_, index) => ({ fileName: `${index}.png`, pixels: index + 1 }));
    const lines = (await decode({ overlaps }, '--out', 'masks')).stderr.split('\n');
    expect(lines[1]).toBe('0.png: shapes overlap on 1 pixel; the highest annotation id is seen');
    expect(lines[10]).toContain('9.png: shapes overlap on 10 pixels');
    expect(lines.slice(11)).toEqual(['overlaps on 2 more images; --json lists all', '']);
    const json = await decode({ overlaps }, '--out', 'masks', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ overlaps });
    expect(json.stderr).toBe('');
  });

  it('ends with 2 where files are there, and says how to replace them', async () => {
    const decodeDataset = async () => Promise.reject(new MaskloopError('OutputExists', 'm/a.png exists already.'));
    const terminal = fakeTerminal({ decodeDataset });
    expect(await runCli(['decode', 'a.json', '--out', 'm'], terminal.context)).toBe(2);
    expect(terminal.stderr()).toMatch(/^error OutputExists: m\/a\.png exists already\.\nwhat to do: .*--overwrite/);
  });

  it('wants to know where to', async () => {
    expect(await decode({})).toMatchObject({ code: 2, asked: [] });
  });
});
