import { z } from 'zod';
import { DURATION, parseDuration } from '../../notation/duration.ts';

const node = z.object({ default: z.unknown().optional(), properties: z.record(z.string(), z.unknown()).optional() });

/**
 * What a file has to say so that it means the same: without what counts anyway, and without sections that hold nothing then.
 *
 * @param schema JSON Schema of the value
 */
export function withoutDefaults(value: unknown, schema: unknown): unknown {
  const { properties, default: usual } = node.safeParse(schema).data ?? {};
  if (properties === undefined) return isSame(value, usual) ? undefined : value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    const kept = withoutDefaults(part, properties[key]);
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return entries.length === 0 && usual !== undefined ? undefined : Object.fromEntries(entries);
}

/** Durations are the same in whatever unit they are written. */
function isSame(value: unknown, usual: unknown): boolean {
  if (value === undefined) return true;
  if (typeof value === 'string' && typeof usual === 'string' && DURATION.test(value) && DURATION.test(usual)) {
    return parseDuration(value) === parseDuration(usual);
  }
  return usual !== undefined && JSON.stringify(value) === JSON.stringify(usual);
}
