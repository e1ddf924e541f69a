import { Option, type Command } from 'commander';
import type { ComponentRule, ConversionRules } from '../contracts/conversion.ts';
import type { Category } from '../contracts/categories.ts';
import { maskReading } from '../coco/mask-reading.ts';
import { wholeNumber } from './arguments.ts';
import type { CliContext } from './context.ts';
import { UsageError } from './exit-codes.ts';
import { readInputFile } from './read-input-file.ts';
import { valueList, valuePairs } from './value-arguments.ts';

/** The flags that decide what masks become, as the parser leaves them. */
export interface ConversionFlags {
  readonly unknown: ConversionRules['unknown'];
  readonly map?: ConversionRules['values'];
  readonly ignore?: ConversionRules['ignore'];
  readonly labelMap?: string;
  readonly instances: 'class' | 'components';
  readonly connectivity?: '4' | '8';
  readonly minArea?: number;
}

/** What to do with values that no category declares and with unknown colours; `convert` and `start` have it. */
export function unknownOption(): Option {
  return new Option('--unknown <WHAT>', 'pixels that belong to no declared category')
    .choices(['error', 'skip'])
    .default('error');
}

/** Gives a command the flags of {@link ConversionFlags}. */
export function addConversionFlags(command: Command): Command {
  return command
    .addOption(unknownOption())
    .option('--map <FROM=TO,…>', 'mask values that count as others, as in 255=1,7=0', valuePairs)
    .option('--ignore <VALUES>', 'mask values to leave out, as in 255,254', valueList)
    .option('--label-map <FILE>', "colours of the categories, for masks in colour: CVAT's labelmap.txt or JSON")
    .addOption(
      new Option(
        '--instances <WHAT>',
        'what becomes one annotation: a class of a mask, or each connected component of it',
      )
        .choices(['class', 'components'])
        .default('class'),
    )
    .addOption(
      new Option('--connectivity <N>', 'pixels of a component share a side (4) or a corner (8, the default)').choices([
        '4',
        '8',
      ]),
    )
    .option('--min-area <N>', 'components of fewer pixels are left out', wholeNumber(0));
}

/**
 * What the flags say, complete with defaults.
 *
 * @throws UsageError for flags that do not go together
 * @throws MaskloopError `InvalidValueMap`; `UnreadableFile` and `InvalidLabelMap` for the label map
 */
export async function conversionRules(
  context: CliContext,
  flags: ConversionFlags,
  categories: readonly Category[],
): Promise<ConversionRules> {
  const { unknown, map = [], ignore = [], labelMap } = flags;
  refuseMixedMaps(flags);
  const components = componentRule(flags);
  if (labelMap === undefined) {
    return maskReading(categories, { unknown, values: map, ignore, colours: null, components }).rules;
  }
  const text = (await readInputFile('label map', labelMap)).toString('utf8');
  const colours = await context.labelColours(text, labelMap, { categories, unknown });
  return maskReading(categories, { unknown, values: [], ignore: [], colours, components }).rules;
}

/** @throws UsageError for values and colours at once */
export function refuseMixedMaps({
  map = [],
  ignore = [],
  labelMap,
}: Omit<ConversionFlags, 'unknown' | 'instances'>): void {
  if (labelMap === undefined || map.length + ignore.length === 0) return;
  throw new UsageError('--map and --ignore name values, and have no meaning with --label-map, which names colours.');
}

function componentRule({ instances, connectivity, minArea }: ConversionFlags): ComponentRule | null {
  if (instances === 'components') return { connectivity: connectivity === '4' ? 4 : 8, minArea: minArea ?? 0 };
  const given = { '--connectivity': connectivity, '--min-area': minArea };
  for (const [flag, value] of Object.entries(given)) {
    if (value !== undefined) throw new UsageError(`${flag} has no meaning without --instances components.`);
  }
  return null;
}
