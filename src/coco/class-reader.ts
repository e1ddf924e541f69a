import type { ConversionRules } from '../contracts/conversion.ts';
import { MaskloopError } from '../contracts/error.ts';
import { parseColour } from './colour.ts';
import type { ColourEntry } from './colour-tally.ts';
import type { SkippedValue } from './converted-mask.ts';
import { declaredRuns } from './declared-runs.ts';
import { MappedEmitter } from './mapped-emitter.ts';
import { maskRuns } from './mask-runs.ts';
import { readColours } from './read-colours.ts';
import { RunEmitter } from './run-emitter.ts';
import { RunsReader, type MaskRuns } from './runs-reader.ts';
import { valueLookup } from './value-lookup.ts';

/** A mask as the runs of its categories, and what was left out. */
export interface MaskClasses extends MaskRuns {
  readonly skipped: readonly SkippedValue[];
}

/** Reads masks one after the other; `where` is the name of the file, for messages and the fact `file`. */
export type ClassReader = (png: Uint8Array, where: string) => MaskClasses;

/** So many unknown colours are listed in the facts of a failure. */
const MAX_LISTED = 20;

/**
 * Reads masks by their values, or by their colours where the rules name some.
 *
 * @returns a reader that throws MaskloopError `NotAPng`, `TruncatedPng`, `CorruptPng`, `ImageTooLarge`; by values
 * `ColourImage` and `UndeclaredCategory`, by colours `UnknownColour`
 */
export function classReader(declared: ReadonlySet<number>, rules: ConversionRules): ClassReader {
  return rules.colours === null ? byValues(declared, rules) : byColours(rules.colours, rules.unknown);
}

function byValues(declared: ReadonlySet<number>, rules: ConversionRules): ClassReader {
  const lookup = valueLookup(rules);
  const reader = new RunsReader(lookup === null ? new RunEmitter() : new MappedEmitter(lookup));
  return (png, where) => {
    const { width, height, classes } = reader.read(png, where);
    return { width, height, ...declaredRuns(classes, declared, rules.unknown, where) };
  };
}

function byColours(colours: readonly (readonly [string, number])[], onUnknown: 'error' | 'skip'): ClassReader {
  const table = new Map(colours.map(([name, value]) => [parseColour(name) ?? Number.NaN, value]));
  const emitter = new RunEmitter();
  return (png, where) => {
    const { mask, unknown } = readColours(png, table, where);
    if (unknown.length > 0 && onUnknown === 'error') throw unknownColour(unknown, mask.width, where);
    const { width, height } = mask;
    const skipped = unknown.map(({ name, pixels }) => ({ value: name, pixels }));
    return { width, height, classes: maskRuns(mask, emitter, { where }), skipped };
  };
}

function unknownColour(unknown: readonly ColourEntry[], width: number, where: string): MaskloopError {
  const { name = '', pixels = 0, first = 0 } = unknown[0] ?? {};
  const [x, y] = [first % width, Math.floor(first / width)];
  const others = unknown.length - 1;
  return new MaskloopError(
    'UnknownColour',
    `${where} holds ${pixels} pixels of the colour ${name}, which the label map does not name; the first is at x ${x}, y ${y}` +
      `${others === 0 ? '' : ` (and there are ${others} more such colours)`}.`,
    {
      facts: {
        file: where,
        colour: name,
        count: pixels,
        x,
        y,
        unknown: unknown.slice(0, MAX_LISTED).map((one) => one.name),
      },
    },
  );
}
