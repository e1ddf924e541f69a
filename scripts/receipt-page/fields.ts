import { z } from 'zod';

/** One field of a JSON document. */
export interface Field {
  /** `results.task.frames`; `[]` stands for each item of a list. */
  readonly path: string;
  /** `text`, `number`, `list`, …, with `or null`, and `, may be absent`. */
  readonly type: string;
  readonly meaning: string;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  boolean: 'true or false',
  array: 'list',
  record: 'object by name',
  custom: 'as given',
  object: 'object',
};

/** The fields of a schema with what they say they are, each before those in it. */
export function fieldsOf(schema: z.ZodType, path = ''): readonly Field[] {
  const { inner, suffixes } = unwrapped(schema);
  const here = path === '' ? [] : [{ path, type: [typeOf(inner), ...suffixes].join(''), meaning: meaningOf(schema) }];
  return [...here, ...partsOf(inner, path)];
}

function partsOf(schema: z.ZodType, path: string): readonly Field[] {
  if (schema instanceof z.ZodUnion) {
    return schema.options.flatMap((option) => (option instanceof z.ZodType ? partsOf(option, path) : []));
  }
  if (schema instanceof z.ZodArray) {
    return schema.element instanceof z.ZodType ? partsOf(schema.element, `${path}[]`) : [];
  }
  if (!(schema instanceof z.ZodObject)) return [];
  const shape: Readonly<Record<string, z.ZodType>> = schema.shape;
  const described = Object.values(shape).some((part) => meaningOf(part) !== '');
  if (!described) return [];
  return Object.entries(shape).flatMap(([key, part]) => fieldsOf(part, path === '' ? key : `${path}.${key}`));
}

function unwrapped(schema: z.ZodType): { readonly inner: z.ZodType; readonly suffixes: readonly string[] } {
  const isNullable = schema instanceof z.ZodNullable;
  if (!isNullable && !(schema instanceof z.ZodExactOptional)) return { inner: schema, suffixes: [] };
  const wrapped = schema.unwrap();
  if (!(wrapped instanceof z.ZodType)) return { inner: schema, suffixes: [] };
  const { inner, suffixes } = unwrapped(wrapped);
  return { inner, suffixes: isNullable ? [' or null', ...suffixes] : [...suffixes, ', may be absent'] };
}

function typeOf(schema: z.ZodType): string {
  if (schema instanceof z.ZodEnum) return schema.options.map((option) => `\`${String(option)}\``).join(', ');
  if (schema instanceof z.ZodLiteral) return [...schema.values].map((value) => `\`${String(value)}\``).join(', ');
  if (schema instanceof z.ZodUnion) return 'object';
  if (schema instanceof z.ZodObject && !hasMeanings(schema)) return `{${Object.keys(schema.shape).join(', ')}}`;
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodObject && !hasMeanings(schema.element)) {
    return `list of {${Object.keys(schema.element.shape).join(', ')}}`;
  }
  return TYPES[schema.def.type] ?? schema.def.type;
}

function hasMeanings(schema: z.ZodObject): boolean {
  const shape: Readonly<Record<string, z.ZodType>> = schema.shape;
  return Object.values(shape).some((part) => meaningOf(part) !== '');
}

/** The description of a schema, or of what it wraps. */
function meaningOf(schema: z.ZodType): string {
  if (schema.description !== undefined) return schema.description;
  const { inner } = unwrapped(schema);
  return inner === schema ? '' : meaningOf(inner);
}
