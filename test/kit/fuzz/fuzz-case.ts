import { isDeepStrictEqual } from 'node:util';
import type { ConvertedMask } from '../../../src/coco/converted-mask.ts';
import { MaskConverter } from '../../../src/coco/mask-converter.ts';
import { DEFAULT_RULES } from '../../../src/contracts/conversion.ts';
import { isMaskloopError } from '../../../src/contracts/error.ts';
import { createRandom } from '../../../src/sandbox/scenes/random.ts';
import { paint } from '../../property/coco/paint.ts';
import { DAMAGES } from './damage.ts';
import { expectedByColours, expectedByValues, type Expected } from './expected.ts';
import { referencePng } from './reference-png.ts';
import { pick, soundPng } from './sound-png.ts';
import { withinMemory } from './within-memory.ts';

/** What came of one case, by values and by colours: `right`, or the code of the failure. */
export interface FuzzOutcome {
  readonly damage: string;
  readonly byValues: string;
  readonly byColours: string;
}

/** A case that must not be: it holds all that is needed to look at it. */
export class FuzzFailure extends Error {}

const DECLARED = [1, 2, 3];
const COLOURS = [
  ['#000000', 0],
  ['#ffffff', 1],
  ['#ff0000', 1],
  ['#808080', 2],
  ['#010101', 3],
] as const;
const TABLE = new Map<string, number>(COLOURS);
/** How a damaged file is refused. */
export const DAMAGED: readonly string[] = ['NotAPng', 'TruncatedPng', 'CorruptPng', 'ImageTooLarge'];
/** No case has more than a thousand pixels; what a header lies about must not be taken. In bytes. */
const ALLOWANCE = 2 ** 23;

const rules = { ...DEFAULT_RULES, unknown: 'skip' } as const;
// Kept over all cases, since a damaged mask must not harm the next one.
const byValues = new MaskConverter({ declared: DECLARED, rules });
const byColours = new MaskConverter({
  declared: DECLARED,
  rules: { ...rules, colours: COLOURS, components: { connectivity: 8, minArea: 0 } },
});

/**
 * Makes the case of this number, converts it both ways and compares with the reference.
 *
 * @throws FuzzFailure for a crash, a wrong answer, a sound file refused, a damaged one accepted, or too much memory
 */
export function fuzzCase(seed: number, number: number): FuzzOutcome {
  const random = createRandom(seed, number);
  const damage = pick(random, Object.keys(DAMAGES));
  const png = DAMAGES[damage]!(soundPng(random), random);
  const reference = referencePng(png);
  const judge = (converter: MaskConverter, expected: Expected | null, refusals: readonly string[]): string => {
    try {
      return judged(answerOf(converter, png), expected, reference === null ? [...DAMAGED, ...refusals] : refusals);
    } catch (error) {
      const what = isMaskloopError(error) ? `${error.code}: ${error.message}` : String(error);
      const text = `seed ${seed}, case ${number} (${damage}): ${what}\npng: ${png.toString('base64')}`;
      throw new FuzzFailure(text, { cause: error });
    }
  };
  const values = reference === null ? null : expectedByValues(reference, DECLARED);
  const colours = reference === null ? null : expectedByColours(reference, TABLE);
  return {
    damage,
    // That pixels are colours is known before it is known whether their data are damaged.
    byValues: judge(byValues, values, ['ColourImage']),
    byColours: judge(byColours, colours, reference === null ? [] : ['CorruptPng']),
  };
}

/** @param expected null for a file that has to be refused with one of `refusals` */
function judged(answer: ConvertedMask | string, expected: Expected | null, refusals: readonly string[]): string {
  if (typeof answer === 'string') {
    if (expected !== null) throw new Error(`${answer} for a sound file`);
    if (!refusals.includes(answer)) throw new Error(`${answer} instead of ${refusals.join(', ')}`);
    return answer;
  }
  if (expected === null) throw new Error('an answer for a file that should be refused');
  const { width, height, shapes, skipped } = answer;
  const annotations = shapes.map(({ categoryId, counts, area, bbox }, i) => {
    const segmentation = { size: [height, width], counts } as const;
    return { id: i + 1, image_id: 1, category_id: categoryId, segmentation, area, bbox, iscrowd: 0 } as const;
  });
  if (!isDeepStrictEqual(paint(width, height, annotations), expected.ids)) throw new Error('other pixels');
  const counted = Object.fromEntries(skipped.map(({ value, pixels }) => [value, pixels]));
  // Of many unknown colours, the last ones are counted together.
  const comparable = !('other' in counted);
  if (comparable && !isDeepStrictEqual(counted, expected.skipped)) throw new Error('other pixels left out');
  return 'right';
}

/** What came out, or the code of a named failure. Anything else is thrown. */
function answerOf(converter: MaskConverter, png: Buffer): ConvertedMask | string {
  try {
    return withinMemory(ALLOWANCE, () => converter.convert(png, 'a.png'));
  } catch (error) {
    if (!isMaskloopError(error)) throw error;
    if (error.facts['file'] !== 'a.png') throw new Error(`${error.code} does not name the file`, { cause: error });
    return error.code;
  }
}
