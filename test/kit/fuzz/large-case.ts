import { deflateSync } from 'node:zlib';
import { isMaskloopError } from '../../../src/contracts/error.ts';
import { MaskConverter } from '../../../src/coco/mask-converter.ts';
import { DEFAULT_RULES } from '../../../src/contracts/conversion.ts';
import { createRandom, type Random } from '../../../src/sandbox/scenes/random.ts';
import { pngOf } from '../png-chunks.ts';
import { CHANNELS, headerOf, type PngLayout } from '../png-writer.ts';
import { DAMAGED, FuzzFailure, type FuzzOutcome } from './fuzz-case.ts';
import { pick, PNG_KINDS, randomBytes } from './sound-png.ts';
import { collectGarbage, withinMemory } from './within-memory.ts';

interface Large {
  readonly width: number;
  readonly height: number;
  /** Bytes of the rows that the header implies, filter bytes included. */
  readonly rows: number;
  readonly rowBytes: number;
}

/** The limits that the documentation states. */
const [MAX_PIXELS, MAX_BYTES] = [2 ** 28, 2 ** 29];
/** No deflate stream grows by more. */
const DEFLATE_RATIO = 1032;
/** For a file that cannot fill what its header declares, whatever that is. */
const SMALL = 2 ** 23;
/** Rows of at most so many bytes are really made and compressed. */
const MADE_BYTES = 2 ** 22;
/** Of these, all rows can be made. */
const MODERATE_SIDES = [300, 700, 1500];
const SIDES = [700, 2 ** 11, 2 ** 12, 2 ** 14, 2 ** 16, 100_000, 2 ** 20, 2 ** 28, 2 ** 31 - 1];
/** A category id takes two bytes, and positions of changes are kept for a fraction of the pixels. */
const PIXEL_BYTES = 4;

/** Bodies that do not hold what the header declares; those of the second list make all rows, or nearly all. */
const SHORT_BODIES: Readonly<Record<string, (random: Random, large: Large) => Buffer>> = {
  nothing: () => Buffer.alloc(0),
  'random bytes': (random) => randomBytes(random, random.integer(1, 2000)),
  'some rows': (random, { rows }) => deflateSync(Buffer.alloc(Math.min(rows - 1, 2 ** random.integer(0, 20)))),
};
const FULL_BODIES: Readonly<Record<string, (random: Random, large: Large) => Buffer>> = {
  'a byte less': (_, { rows }) => deflateSync(Buffer.alloc(rows - 1)),
  'a byte more': (_, { rows }) => deflateSync(Buffer.alloc(rows + 1)),
  'cut short': (random, { rows }) => deflateSync(Buffer.alloc(rows)).subarray(0, -random.integer(1, 40)),
  'wrong Adler-32': (_, { rows }) => Buffer.concat([deflateSync(Buffer.alloc(rows)).subarray(0, -4), Buffer.alloc(4)]),
  'unknown filter': (_, { rows, rowBytes }) => deflateSync(Buffer.alloc(rows).fill(9, rows - 1 - rowBytes)),
};

const DECLARED = [1, 2, 3];
const byValues = new MaskConverter({ declared: DECLARED, rules: DEFAULT_RULES });
const byColours = new MaskConverter({ declared: DECLARED, rules: { ...DEFAULT_RULES, colours: [['#ff0000', 1]] } });

/**
 * Makes a file whose header declares a large image, within the limits or beyond them, and whose body does not hold it. It must be
 * refused by name, and take no memory for what its body cannot fill.
 *
 * @throws FuzzFailure
 */
export function largeCase(seed: number, number: number): FuzzOutcome {
  const random = createRandom(seed, number, 'large');
  const kind = pick(random, PNG_KINDS);
  const sides = random.chance(0.4) ? MODERATE_SIDES : SIDES;
  const large = sizeOf(pick(random, sides), pick(random, sides), kind);
  const bodies = large.rows <= MADE_BYTES ? { ...SHORT_BODIES, ...FULL_BODIES } : SHORT_BODIES;
  const body = pick(random, Object.keys(bodies));
  const data = bodies[body]!(random, large);
  const header = headerOf(large, kind);
  const palette = kind.colourType === 3 ? [{ type: 'PLTE', data: Buffer.alloc(3 * 256) }] : [];
  const png = pngOf([
    { type: 'IHDR', data: header },
    ...palette,
    { type: 'IDAT', data },
    { type: 'IEND', data: Buffer.alloc(0) },
  ]);
  const refusal = (converter: MaskConverter): string => {
    try {
      return refused(converter, png, allowanceOf(large, kind, data.length));
    } catch (error) {
      const text = `seed ${seed}, large case ${number} (${large.width} × ${large.height}, ${body}): ${String(error)}`;
      throw new FuzzFailure(`${text}\npng: ${png.toString('base64')}`, { cause: error });
    }
  };
  return { damage: `large, ${body}`, byValues: refusal(byValues), byColours: refusal(byColours) };
}

function sizeOf(width: number, height: number, { colourType, bitDepth }: PngLayout): Large {
  const rowBytes = Math.ceil((width * CHANNELS[colourType] * bitDepth) / 8);
  return { width, height, rowBytes, rows: height * (1 + rowBytes) };
}

/** Bytes that may be taken: next to nothing for a body that cannot fill the image, else in proportion to it. */
function allowanceOf({ width, height, rows }: Large, { colourType, bitDepth }: PngLayout, body: number): number {
  const pixels = width * height;
  const isTooLarge = pixels > MAX_PIXELS || (pixels * CHANNELS[colourType] * bitDepth) / 8 > MAX_BYTES;
  return isTooLarge || DEFLATE_RATIO * body < rows ? SMALL : SMALL + rows + PIXEL_BYTES * pixels;
}

function refused(converter: MaskConverter, png: Buffer, allowance: number): string {
  if (allowance > SMALL) collectGarbage();
  try {
    withinMemory(allowance, () => converter.convert(png, 'a.png'));
  } catch (error) {
    if (isMaskloopError(error) && [...DAMAGED, 'ColourImage'].includes(error.code)) return error.code;
    throw error;
  }
  throw new Error('an answer for a file that should be refused');
}
