import type { z } from 'zod';
import { MaskloopError } from '../../contracts/error.ts';

/** At most so many fields are named. */
const LISTED = 10;

/** Whole and parts of a request, as far as an endpoint reads them. */
export function parsePart<S extends z.ZodType>(
  schema: S,
  value: unknown,
  part: 'path' | 'query' | 'body',
): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.slice(0, LISTED).map(({ path, message }) => ({
    field: [part, ...path.map(String)].join('.'),
    problem: message,
  }));
  const named = fields.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
  throw new MaskloopError('RequestInvalid', `The request is not as it should be: ${named}.`, { facts: { fields } });
}
