import { z } from 'zod';
import { nearNames } from '../labels/near-names.ts';

/** Keys of the file, and where they stand. */
export interface KnownKeys {
  /** Keys of the object at a path that an unknown one there comes near. */
  near(path: readonly PropertyKey[], key: string): readonly string[];
  /** Keys there that begin as it does, or it as they; else places elsewhere that have a key of its name. */
  akin(path: readonly PropertyKey[], key: string): readonly string[];
}

/** Reads the keys off a schema. */
export function knownKeys(schema: z.ZodType): KnownKeys {
  const at = (path: readonly PropertyKey[]): readonly string[] => {
    let inner: z.ZodType | null = bare(schema);
    for (const step of path) inner = inner === null ? null : partOf(inner, step);
    return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
  };
  return {
    near: (path, key) => nearNames(key, at(path)),
    akin: (path, key) => {
      const here = at(path).filter((known) => isBeginning(key, known));
      if (here.length > 0) return here;
      const all = pathsOf(bare(schema), []);
      return all.filter((place) => nearNames(key, [place.at(-1) ?? '']).length > 0).map((place) => place.join('.'));
    },
  };
}

/** Least letters of a beginning that says something. */
const TELLING = 3;

/** True if one of two keys begins with the other. */
function isBeginning(key: string, known: string): boolean {
  const [short = '', long = ''] = [key.toLowerCase(), known.toLowerCase()].toSorted((a, b) => a.length - b.length);
  return short.length >= TELLING && long.startsWith(short);
}

/** The schema inside defaults, optional values and conversions. */
function bare(schema: unknown): z.ZodType | null {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return bare(schema.unwrap());
  }
  if (schema instanceof z.ZodPipe) return bare(schema.in);
  return schema instanceof z.ZodType ? schema : null;
}

function partOf(schema: z.ZodType, step: PropertyKey): z.ZodType | null {
  if (schema instanceof z.ZodObject) return bare(shapeOf(schema)[String(step)]);
  if (schema instanceof z.ZodRecord) return bare(schema.valueType);
  return schema instanceof z.ZodArray ? bare(schema.element) : null;
}

function pathsOf(schema: z.ZodType | null, path: readonly string[]): readonly (readonly string[])[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(shapeOf(schema)).flatMap(([key, part]) => {
    return [[...path, key], ...pathsOf(bare(part), [...path, key])];
  });
}

function shapeOf(schema: z.ZodObject): Readonly<Record<string, unknown>> {
  return schema.shape;
}
