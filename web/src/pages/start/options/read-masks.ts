import type { ConversionRules } from '../../../../../src/contracts/conversion.ts';
import { parseValuePairs, parseValues } from '../../../../../src/notation/pixel-values.ts';
import { oneOf, wholeNumber, type OptionReader } from './option-reader.ts';

/** Where nothing else is asked for. */
export const USUAL_RULES: ConversionRules = {
  unknown: 'error',
  values: [],
  ignore: [],
  colours: null,
  components: null,
};

/** How pixels of masks are read. @param own false for masks that a model predicts: these hold ids of classes */
export function readMasks({ texts, read, optional }: OptionReader, own: boolean): ConversionRules {
  const components =
    texts.instances === 'components'
      ? {
          connectivity: texts.connectivity === '4' ? (4 as const) : (8 as const),
          minArea: read('minArea', wholeNumber(0), 0),
        }
      : null;
  if (!own) return { ...USUAL_RULES, components };
  return {
    ...USUAL_RULES,
    unknown: read('unknown', oneOf(['error', 'skip']), 'error'),
    values: optional('map', parseValuePairs) ?? [],
    ignore: optional('ignore', parseValues) ?? [],
    components,
  };
}
