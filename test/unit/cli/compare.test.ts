import { describe, expect, it } from '@jest/globals';
import { runCli } from '../../../src/cli/run-cli.ts';
import type { ClassTotal, Comparison } from '../../../src/coco/dataset/comparison.ts';
import { MaskloopError } from '../../../src/contracts/error.ts';
import { fakeTerminal } from './fake-context.ts';

function classOf(changes: Partial<ClassTotal>): ClassTotal {
  const counts = { frames: 12, equal: 10, changed: 2, added: 1, removed: 0, pixels: { both: 9, a: 10, b: 10 } };
  return { name: 'needle', idA: 1, idB: 1, iou: 0.81818, dice: 0.9, ...counts, ...changes };
}

function comparisonOf(changes: Partial<Comparison> = {}): Comparison {
  return {
    a: 'a.json',
    b: 'b.json',
    frames: 12,
    classes: [
      classOf({}),
      classOf({ name: '持针器', frames: 0, iou: null, dice: null, equal: 0, changed: 0, added: 0 }),
    ],
    meanIou: 0.81818,
    meanDice: 0.9,
    onlyInA: { images: [], classes: [] },
    onlyInB: { images: [], classes: [] },
    otherIds: [],
    otherEndings: [],
    otherSizes: [],
    perFrame: [],
    ...changes,
  };
}

async function compare(comparison: Comparison, ...flags: readonly string[]) {
  const asked: unknown[] = [];
  const terminal = fakeTerminal({
    compareDatasets: async ({ a, b }) => {
      asked.push([a, b]);
      return comparison;
    },
  });
  const code = await runCli(['compare', 'a.json', 'b.json', ...flags], terminal.context);
  return { asked, code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

describe('compare', () => {
  it('prints a row for each class, the mean, and the number of shapes, and ends with 0 however different they are', async () => {
    expect(await compare(comparisonOf())).toEqual({
      asked: [['a.json', 'b.json']],
      code: 0,
      stderr: '',
      stdout: [
        'A  a.json',
        'B  b.json',
        '',
        'CLASS   FRAMES  IOU     DICE    EQUAL  CHANGED  ADDED  REMOVED',
        'needle  12      0.8182  0.9000  10     2        1      0',
        '持针器     0       -       -       0      0        0      0',
        'mean            0.8182  0.9000',
        '',
        '12 frames compared; shapes: 10 equal, 2 changed, 1 added, 0 removed',
        '',
      ].join('\n'),
    });
  });

  it('says what is in one document only and what was matched in spite of a difference', async () => {
    const images = ['1', '2', '3', '4', '5', '6', '7'].map((name) => ({ fileName: `${name}.png`, shapes: 2 }));
    const { stdout } = await compare(
      comparisonOf({
        onlyInA: { images, classes: ['old'] },
        onlyInB: { images: [{ fileName: 'new.png', shapes: 1 }], classes: [] },
        otherIds: [{ name: 'needle', idA: 1, idB: 4 }],
        otherEndings: [{ a: 'x.png', b: 'x.jpg' }],
        otherSizes: [{ fileName: 'y.png', a: [64, 48], b: [32, 24] }],
      }),
    );
    expect(stdout.split('\n').slice(9)).toEqual([
      'only in A: 7 images with 14 shapes: 1.png, 2.png, 3.png, 4.png, 5.png, … (2 more, see --json)',
      'only in B: 1 image with 1 shape: new.png',
      'not compared, two sizes: 1 image: y.png (64 × 48 and 32 × 24)',
      'only in A: 1 class: old',
      'matched by name, other ids: 1 class: needle (1 in A, 4 in B)',
      'matched without their endings: 1 image: x.png = x.jpg',
      '',
    ]);
  });

  it('says why where nothing was compared', async () => {
    const { stdout } = await compare(comparisonOf({ frames: 0, classes: [], meanIou: null, meanDice: null }));
    expect(stdout).toContain('0 frames compared');
    expect(stdout).toContain('no image is in both: images are matched by file_name');
  });

  it('shows 1.0000 only where nothing differs', async () => {
    const { stdout } = await compare(comparisonOf({ classes: [classOf({ iou: 0.999_999, dice: 1 })] }));
    expect(stdout).toMatch(/^needle +12 +0\.9999 +1\.0000 /m);
  });

  it('prints all there is as one document with --json', async () => {
    const { stdout } = await compare(comparisonOf(), '--json');
    expect(JSON.parse(stdout)).toEqual(comparisonOf());
  });

  it('ends with 1 where a document cannot be used', async () => {
    const compareDatasets = async () => Promise.reject(new MaskloopError('InvalidDataset', 'b.json is bad.'));
    const terminal = fakeTerminal({ compareDatasets });
    expect(await runCli(['compare', 'a.json', 'b.json'], terminal.context)).toBe(1);
    expect(terminal.stderr()).toMatch(/^error InvalidDataset: b\.json is bad\.\nwhat to do: /);
  });
});
