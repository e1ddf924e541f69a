import type { IterationTemplate } from '../../contracts/loop.ts';

/** How masks are read, in words. */
export function conversionWords({ conversion, suffix }: Pick<IterationTemplate, 'conversion' | 'suffix'>): string {
  const { rules, shardSize } = conversion;
  const { unknown, values, ignore, colours, components } = rules;
  const pixels = colours === null ? 'values' : `${colours.length} colours`;
  const instances =
    components === null
      ? 'a class of a mask is one annotation'
      : `a component (of ${components.connectivity} neighbours, from ${components.minArea} pixels) is one annotation`;
  return [
    `pixels are ${pixels}`,
    ...values.map(([from, to]) => `${from} counts as ${to}`),
    ...(ignore.length === 0 ? [] : [`${ignore.join(', ')} left out`]),
    `unknown ones are ${unknown === 'error' ? 'an error' : 'left out'}`,
    instances,
    `${shardSize} masks a piece of work`,
    ...(suffix === '' ? [] : [`documents end in ${suffix}`]),
  ].join('; ');
}
