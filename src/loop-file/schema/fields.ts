import { z } from 'zod';
import { DURATION, parseDuration, parseInterval } from '../../notation/duration.ts';
import { isNotationError } from '../../notation/notation-error.ts';

/** A text that is not empty. */
export function text(description: string) {
  const problem = 'must be a text that is not empty';
  return z.string(problem).regex(/\S/, problem).describe(description);
}

/** `true` or `false`. */
export function yesNo(description: string) {
  return z.boolean('must be true or false').describe(description);
}

/** One of several words. */
export function choice<const T extends readonly [string, ...string[]]>(words: T, description: string) {
  return z.enum(words, `must be one of ${words.join(', ')}`).describe(description);
}

/** A whole number in a range, both ends included. */
export function wholeNumber(least: number, description: string, most?: number) {
  const range = most === undefined ? `from ${least}` : `from ${least} to ${most}`;
  const problem = `must be a whole number ${range}`;
  const from = z.int(problem).min(least, problem);
  return (most === undefined ? from : from.max(most, problem)).describe(description);
}

/** A number in a range, both ends included. */
export function number(least: number, most: number, description: string) {
  const problem = `must be a number from ${least} to ${most}`;
  return z.number(problem).min(least, problem).max(most, problem).describe(description);
}

/** A number above 0 and up to 1. */
export function share(description: string) {
  const problem = 'must be a number above 0 and up to 1';
  return z.number(problem).gt(0, problem).max(1, problem).describe(description);
}

/** A text that `read` understands, or throws a `NotationError` for; becomes what it reads. */
export function written<T>(read: (text: string) => T, description: string, pattern?: RegExp) {
  const plain = z.string('must be a text; put it in quotes');
  const shaped = pattern === undefined ? plain : plain.regex(pattern, 'is not written as it has to be');
  return shaped.describe(description).transform((given, context) => {
    try {
      return read(given);
    } catch (error) {
      if (!isNotationError(error)) throw error;
      context.issues.push({ code: 'custom', message: `cannot be read: ${error.message}`, input: given });
      return z.NEVER;
    }
  });
}

/** `90s`, `5m`, `1h`, `2d`; becomes milliseconds. */
export function duration(description: string) {
  return z
    .string('must be a text such as 90s, 5m, 1h, 2d')
    .regex(DURATION, 'must be a number and a unit: 90s, 5m, 1h, 2d')
    .describe(description)
    .transform(parseDuration);
}

/** The same, at least one second. */
export function interval(description: string) {
  return written(parseInterval, description);
}

/** Names that are not empty, each once. */
export function names(what: string, description: string) {
  return z
    .array(text(what), `must be a list of ${what}s: [anna, ben]`)
    .refine((list) => new Set(list).size === list.length, `names a ${what} twice`)
    .describe(description);
}

/** How a section tells that its keys contradict each other; told also where other keys of it are wrong. */
export function contradiction(key: string, message: string) {
  return { message, path: [key], when: isObject };
}

function isObject({ value }: { readonly value: unknown }): boolean {
  return typeof value === 'object' && value !== null;
}
