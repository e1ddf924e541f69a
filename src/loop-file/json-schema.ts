import { z } from 'zod';
import { loopFileSchema } from './schema/loop-file.ts';

/** Name of the published schema in the folder `docs` of the package. */
export const SCHEMA_FILE = 'maskloop.schema.json';

/** The form of `maskloop.yaml` as JSON Schema (draft 7, which editors know best), as text. */
export function loopFileJsonSchema(): string {
  const schema = z.toJSONSchema(loopFileSchema, {
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema }) => {
      // Every whole number of JavaScript has this end; to a person it says nothing.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return `${JSON.stringify({ ...schema, title: 'maskloop.yaml' }, null, 2)}\n`;
}
