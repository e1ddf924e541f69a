import { DEFAULT_RULES } from '../../../src/contracts/conversion.ts';
import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import type { ConvertedMask } from '../../../src/coco/converted-mask.ts';
import { MASK_LINES_VERSION, masksToLines } from '../../../src/coco/mask-lines.ts';
import { MaskConverter } from '../../../src/coco/mask-converter.ts';
import { readMaskLines } from '../../../src/coco/read-mask-lines.ts';
import { writeMask } from '../../../src/coco/write-mask.ts';

const WIDTH = 31;
const HEIGHT = 17;

/** Masks with three declared values and one that is none. */
function someMasks(): readonly ConvertedMask[] {
  const converter = new MaskConverter({ declared: [1, 2, 300], rules: { ...DEFAULT_RULES, unknown: 'skip' } });
  return [0, 1, 2, 3].map((seed) => {
    const values = Uint16Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
      return [0, 1, 2, 300, 9][Math.floor((at * (seed + 3)) / 29) % 5] ?? 0;
    });
    return converter.convert(writeMask({ width: WIDTH, height: HEIGHT, values }), `mask ${seed}`);
  });
}

async function* cut(bytes: Uint8Array, places: readonly number[]): AsyncGenerator<Uint8Array> {
  const ends = [...places.map((place) => place % bytes.length), bytes.length].toSorted((a, b) => a - b);
  let from = 0;
  for (const end of ends) {
    yield bytes.subarray(from, end);
    from = end;
  }
}

async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<ConvertedMask[]> {
  const masks: ConvertedMask[] = [];
  for await (const mask of readMaskLines(chunks, 'lines')) masks.push(mask);
  return masks;
}

describe('converted masks as lines', () => {
  const masks = someMasks();
  const bytes = masksToLines(masks);

  it('are read as they were written, wherever the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 40 }), async (places) => {
        expect(await readAll(cut(bytes, places))).toEqual(masks);
      }),
      { numRuns: 50 },
    );
  });

  it('are refused where they end inside a line or hold something else, with the line', async () => {
    await expect(readAll(cut(bytes.subarray(0, -1), []))).rejects.toMatchObject({
      code: 'InvalidDataset',
      message: 'lines ends inside line 4.',
    });
    const other = new TextEncoder().encode(`${new TextDecoder().decode(bytes)}{"width":0}\n`);
    await expect(readAll(cut(other, []))).rejects.toMatchObject({
      code: 'InvalidDataset',
      message: 'lines, line 5 is no converted mask.',
    });
  });

  it('are the same as ever under their version: other lines need another one', () => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect({ version: MASK_LINES_VERSION, sha256 }).toEqual({
      version: 1,
      sha256: '6b9d1726753802a9414b345fe9d1f5842b5165ba65fc0e4a3aa8299cc537cced',
    });
  });
});
