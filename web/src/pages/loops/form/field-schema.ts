import { z } from 'zod';
import { loopFileJsonSchema } from '../../../../../src/loop-file/json-schema.ts';

/** What the schema of the file says of a value. */
export interface FieldSchema {
  /** As a sentence. */
  readonly help: string;
  /** Words that may stand there; empty where it is no choice. */
  readonly words: readonly string[];
  /** What counts where nothing is said; undefined for nothing. */
  readonly usual: unknown;
  readonly isNeeded: boolean;
}

const node = z.object({
  description: z.string().default(''),
  default: z.unknown().optional(),
  enum: z.array(z.string()).default([]),
  items: z.object({ enum: z.array(z.string()).default([]) }).optional(),
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});

const ROOT: unknown = JSON.parse(loopFileJsonSchema());

/** The schema of the value at a path of keys, as editors know it. @throws Error where the file has no such key */
export function fieldSchema(path: readonly string[]): FieldSchema {
  let inner = node.parse(ROOT);
  let isNeeded = true;
  for (const key of path) {
    isNeeded = inner.required.includes(key);
    if (!Object.hasOwn(inner.properties, key)) throw new Error(`maskloop.yaml has no ${path.join('.')}`);
    inner = node.parse(inner.properties[key]);
  }
  const words = inner.enum.length > 0 ? inner.enum : (inner.items?.enum ?? []);
  return { help: sentence(inner.description), words, usual: inner.default, isNeeded };
}

/** All keys of the file that hold a value of their own, with dots. */
export function allKeys(): readonly string[] {
  return keysOf(ROOT, '');
}

function keysOf(schema: unknown, above: string): readonly string[] {
  return Object.entries(node.parse(schema).properties).flatMap(([key, part]) => {
    const below = keysOf(part, `${above}${key}.`);
    return below.length === 0 ? [above + key] : below;
  });
}

/** A text as a sentence: begins with a capital, ends with a full stop. */
export function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return capital === '' || /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
