import { z } from 'zod';

/** OpenAPI 3.1 as far as we use it; what is not named here is refused. https://spec.openapis.org/oas/v3.1.0 */
const jsonSchema = z.looseObject({});
const media = z.record(
  z.string().regex(/^[\w.+-]+\/([\w.+-]+|\*)$/),
  z.strictObject({ schema: jsonSchema.optional() }),
);

const operation = z.strictObject({
  operationId: z.string().min(1),
  summary: z.string().min(1),
  description: z.string(),
  tags: z.array(z.string()).min(1),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z.array(
    z.strictObject({
      name: z.string().min(1),
      in: z.enum(['path', 'query']),
      required: z.boolean(),
      schema: jsonSchema,
    }),
  ),
  requestBody: z.strictObject({ required: z.literal(true), content: media }).optional(),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$/),
    z.strictObject({ description: z.string().min(1), content: media.optional() }),
  ),
  'x-role': z.enum(['viewer', 'lead', 'operator']).nullable(),
  'x-reach': z.string(),
});

export const openApiSchema = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post', 'put', 'delete']), operation)),
  components: z.strictObject({
    schemas: z.record(z.string(), jsonSchema),
    securitySchemes: z.record(
      z.string(),
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('http'), scheme: z.literal('bearer'), description: z.string() }),
        z.strictObject({
          type: z.literal('apiKey'),
          in: z.literal('cookie'),
          name: z.string(),
          description: z.string(),
        }),
      ]),
    ),
  }),
  security: z.array(z.record(z.string(), z.array(z.string()))),
});

/** All JSON schemas in a document, with their places. */
export function schemasIn(value: unknown, at = ''): readonly (readonly [string, object])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const place = `${at}/${key}`;
    const isSchema = key === 'schema' || /^\/components\/schemas\/\w+$/.test(place);
    if (isSchema && typeof inner === 'object' && inner !== null) return [[place, inner] as const];
    return schemasIn(inner, place);
  });
}
