import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ENDPOINTS } from '../../../../src/api/all-endpoints.ts';
import { openApiSchema, schemasIn } from '../../../kit/open-api-schema.ts';
import { openApiSite, TOKENS, type ApiSite } from '../../../kit/api-site.ts';

let site: ApiSite;
let served: unknown;
beforeAll(async () => {
  site = await openApiSite({});
  served = (await site.ask(null, 'GET', '/api/openapi.json')).json;
});
afterAll(async () => site.close());

describe('the OpenAPI document that is served', () => {
  it('is OpenAPI 3.1 with nothing besides, and every schema in it is a JSON Schema that can be used', () => {
    expect(openApiSchema.safeParse(served).error).toBeUndefined();
    const schemas = schemasIn(served);
    expect(schemas.length).toBeGreaterThan(50);
    for (const [at, schema] of schemas) {
      if ('$ref' in schema) {
        expect([at, schema.$ref]).toEqual([at, '#/components/schemas/Problem']);
        continue;
      }
      expect([at, typeof z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse]).toEqual([
        at,
        'function',
      ]);
    }
  });

  it('names each operation once, and each parameter of its path', () => {
    const { paths } = openApiSchema.parse(served);
    const operations = Object.entries(paths).flatMap(([at, methods]) =>
      Object.values(methods).map((one) => ({ at, ...one })),
    );
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    expect(operations.length).toBe(ENDPOINTS.length);
    for (const { at, parameters } of operations) {
      const inPath = [...at.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      const named = parameters.filter((one) => one.in === 'path' && one.required).map(({ name }) => name);
      expect([at, named.toSorted()]).toEqual([at, inPath.toSorted()]);
    }
  });

  it('describes what a start is refused for: the schema of its body knows the fields of an input', () => {
    const { paths } = openApiSchema.parse(served);
    const body = paths['/api/v1/iterations']?.post?.requestBody?.content['application/json']?.schema;
    expect(JSON.stringify(body)).toContain('"quietMs"');
  });

  it('is served completely: every operation of it has a route', async () => {
    for (const { method, path: at, id, produces } of ENDPOINTS) {
      if (produces === 'text/event-stream') continue;
      const filled = at.replaceAll(/\{(\w+)\}/g, 'x');
      const { json } = await site.ask(TOKENS.viewer, method, `/api/v1${filled}`);
      expect([id, (json as { code?: string } | null)?.code]).not.toEqual([id, 'RouteUnknown']);
    }
  });

  it('stands in the table of docs/api.md, role by role', async () => {
    const page = await readFile(path.resolve('docs/api.md'), 'utf8');
    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    const found = rows.map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
    const told = found.map(([, method, at, role]) => `${method} ${at} ${role}`);
    const meant = ENDPOINTS.map(({ method, path: at, role }) => `${method} ${at} ${role ?? 'everybody'}`);
    expect(told.toSorted()).toEqual(meant.toSorted());
  });
});
