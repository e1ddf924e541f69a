import { describe, expect, it } from '@jest/globals';
import { runCli } from '../../../src/cli/run-cli.ts';
import type { CliContext, ConversionRequest } from '../../../src/cli/context.ts';
import { DEFAULT_RULES } from '../../../src/contracts/conversion.ts';
import { MaskloopError } from '../../../src/contracts/error.ts';
import { fakeTerminal } from './fake-context.ts';

const CONVERT = ['convert', 'masks', '--task', 'T', '--categories', '/dev/null'];
const CATEGORIES = [{ id: 1, name: 'needle' }];
const RESULT = {
  documentPath: 'T.json',
  images: 1,
  annotations: 1,
  ignoredFiles: 0,
  skippedPixels: {},
  dropped: { components: 0, pixels: 0 },
};

async function convert(words: readonly string[], result: object = {}, changes: Partial<CliContext> = {}) {
  const asked: ConversionRequest[] = [];
  const terminal = fakeTerminal({
    parseCategories: async () => CATEGORIES,
    masksToCoco: async (request) => {
      asked.push(request);
      return { ...RESULT, ...result };
    },
    ...changes,
  });
  const code = await runCli([...CONVERT, ...words], terminal.context);
  return { code, rules: asked[0]?.rules, stderr: terminal.stderr() };
}

describe('the flags that decide what masks become', () => {
  it('are the default rules where none is given', async () => {
    expect((await convert([])).rules).toEqual(DEFAULT_RULES);
  });

  it('name mapped and ignored values, with commas or one flag after the other', async () => {
    const { rules } = await convert(['--map', '255=1,7=0', '--map', '9=1', '--ignore', '253, 254', '--ignore', '3']);
    expect(rules).toMatchObject({
      values: [
        [255, 1],
        [7, 0],
        [9, 1],
      ],
      ignore: [253, 254, 3],
    });
  });

  it('ask for components, of 8 neighbours and any size unless told otherwise', async () => {
    const rule = async (...words: string[]) => (await convert(['--instances', ...words])).rules?.components;
    expect(await rule('class')).toBeNull();
    expect(await rule('components')).toEqual({ connectivity: 8, minArea: 0 });
    expect(await rule('components', '--connectivity', '4')).toEqual({ connectivity: 4, minArea: 0 });
    expect(await rule('components', '--min-area', '9')).toEqual({ connectivity: 8, minArea: 9 });
  });

  it('have what was dropped told', async () => {
    const { stderr } = await convert([], { dropped: { components: 3, pixels: 14 } });
    expect(stderr).toContain('3 components too small, with 14 pixels: left out');
    expect((await convert([])).stderr).not.toContain('component');
  });

  it('have a label map read before the masks, for the categories that are declared', async () => {
    const asked: unknown[] = [];
    const labelColours: CliContext['labelColours'] = async (...given) => {
      asked.push(given);
      return [['#ff0000', 1]];
    };
    const { rules } = await convert(['--label-map', '/dev/null', '--unknown', 'skip'], {}, { labelColours });
    expect(asked).toEqual([['', '/dev/null', { categories: CATEGORIES, unknown: 'skip' }]]);
    expect(rules).toEqual({ ...DEFAULT_RULES, unknown: 'skip', colours: [['#ff0000', 1]] });
  });

  it('name a label map that cannot be read', async () => {
    const { code, stderr } = await convert(['--label-map', '/nowhere/labelmap.txt']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/UnreadableFile: The label map \/nowhere\/labelmap.txt cannot be read \(ENOENT\)/);
  });

  it('have values, colours and what is not told apart named as such', async () => {
    const { stderr } = await convert([], { skippedPixels: { 9: 1, '#ff0000': 2, other: 3 } });
    expect(stderr).toContain('value 9: 1 pixel left out\ncolour #ff0000: 2 pixels left out\nothers: 3 pixels left');
  });

  it.each([
    ['values beside colours', ['--map', '1=2', '--label-map', '/dev/null'], 'no meaning with --label-map'],
    ['a size without components', ['--min-area', '5'], '--min-area has no meaning without --instances components'],
    ['neighbours without components', ['--connectivity', '4'], '--connectivity has no meaning without'],
    ['six neighbours', ['--instances', 'components', '--connectivity', '6'], '4, 8'],
    ['a value without a target', ['--map', '255'], '255=1,7=0'],
    ['two targets', ['--map', '255=1=2'], '255=1,7=0'],
    ['no number', ['--map', 'a=1'], 'from 0 to 65535'],
    ['nothing after a comma', ['--map', '255=1,'], '255=1,7=0'],
    ['an empty list', ['--ignore', ''], 'from 0 to 65535'],
    ['a value beyond 16 bits', ['--ignore', '65536'], 'from 0 to 65535'],
    ['a negative value', ['--ignore', '-1'], 'from 0 to 65535'],
  ])('refuse %s as wrong usage', async (_, words, said) => {
    const { code, rules, stderr } = await convert(words);
    expect({ code, rules }).toEqual({ code: 2, rules: undefined });
    expect(stderr).toContain('WrongUsage');
    expect(stderr).toContain(said);
  });

  it('end as wrong usage where they contradict the categories', async () => {
    const masksToCoco = async () => Promise.reject(new MaskloopError('InvalidValueMap', 'so it is'));
    const terminal = fakeTerminal({ parseCategories: async () => CATEGORIES, masksToCoco });
    expect(await runCli(CONVERT, terminal.context)).toBe(2);
  });
});
