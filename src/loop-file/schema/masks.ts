import { z } from 'zod';
import { DEFAULT_SHARD_SIZE } from '../../contracts/iteration.ts';
import { choice, contradiction, text, wholeNumber } from './fields.ts';

const MAX_VALUE = 65_535;
const VALUE = /^(?:[0-9]|[1-9][0-9]{1,4})$/;

const BESIDE_CLASS = 'has no meaning without instances: components';
const BESIDE_COLOURS = 'names values, and has no meaning with labelMap, which names colours';

/** Words of `masks.first` that are no folder; one of such a name is `./none`. */
export const FIRST = { none: 'none', predict: 'predict' } as const;

const value = (description: string) => wholeNumber(0, description, MAX_VALUE);
const pairs = z
  .record(z.string().regex(VALUE, 'must be a value of a pixel'), value('value that it counts as'), {
    error: 'must name values: { 255: 1 }',
  })
  .describe('mask values that count as others: { 255: 1, 7: 0 }');

/** Section `masks`: what pre-annotations the loop begins with, and how masks are read. */
export const masksSchema = z
  .strictObject({
    first: text(
      'pre-annotations while no model is published: none, predict (a model must be there), or a folder of PNG masks; afterwards the published model predicts them',
    ).default(FIRST.none),
    unknown: choice(['error', 'skip'], 'pixels that belong to no declared category').default('error'),
    map: pairs.optional(),
    ignore: z
      .array(value('mask value'), 'must be a list of values: [255, 254]')
      .describe('mask values to leave out')
      .optional(),
    labelMap: text("colours of the categories, for masks in colour: CVAT's labelmap.txt or JSON").optional(),
    instances: choice(
      ['class', 'components'],
      'what becomes one annotation: a class of a mask, or each connected component of it',
    ).default('class'),
    connectivity: z
      .union([z.literal(4), z.literal(8)], 'must be 4 or 8')
      .describe('pixels of a component share a side (4) or a corner (8, the default)')
      .optional(),
    minArea: wholeNumber(0, 'components of fewer pixels are left out').optional(),
    suffix: z.string('must be a text').describe("what follows the task in the document's name").default(''),
    shardSize: wholeNumber(1, 'masks that are converted as one piece of work').default(DEFAULT_SHARD_SIZE),
  })
  .refine(
    ({ instances, connectivity }) => instances !== 'class' || connectivity === undefined,
    contradiction('connectivity', BESIDE_CLASS),
  )
  .refine(
    ({ instances, minArea }) => instances !== 'class' || minArea === undefined,
    contradiction('minArea', BESIDE_CLASS),
  )
  .refine(({ labelMap, map }) => labelMap === undefined || map === undefined, contradiction('map', BESIDE_COLOURS))
  .refine(
    ({ labelMap, ignore }) => labelMap === undefined || ignore === undefined,
    contradiction('ignore', BESIDE_COLOURS),
  )
  .describe('what pre-annotations the loop begins with, and how masks are read');
