import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import fastify, { type FastifyInstance } from 'fastify';
import { parse } from 'yaml';
import { loopFileJsonSchema } from '../../../src/loop-file/json-schema.ts';
import { EXAMPLE, LEAST, problemsOf } from './example.ts';

const file = await readFile(new URL('../../../docs/maskloop.schema.json', import.meta.url), 'utf8');

/** The validator of another project (Ajv, as Fastify brings it), which has the schema for the form of a body. */
function validator(): FastifyInstance {
  const options = { removeAdditional: false, coerceTypes: false, useDefaults: false, allErrors: true } as const;
  const app = fastify({ ajv: { customOptions: options } });
  app.post('/', { schema: { body: JSON.parse(file) as object } }, async () => ({}));
  return app;
}

const app = validator();
async function verdict(text: string): Promise<string> {
  const answer = await app.inject({ method: 'POST', url: '/', payload: parse(text) as object });
  return answer.statusCode === 200 ? 'right' : answer.json<{ message: string }>().message;
}

describe('the schema that editors are given', () => {
  it('is what `npm run write-loop-file-schema` writes', () => {
    expect(loopFileJsonSchema()).toBe(file);
  });

  it('takes the example and the least file, by the word of another validator', async () => {
    expect(await verdict(EXAMPLE)).toBe('right');
    expect(await verdict(LEAST)).toBe('right');
  });

  it.each([
    ['nonsense: 1', 'additional properties'],
    ['pace: never', 'must be equal to one of the allowed values'],
    ['cvat: { segmentSize: 0 }', 'must be >= 1'],
    ['cvat: { deadline: soon }', 'must match pattern'],
    ['training: { maxEpochs: 3 }', "must have required property 'model'"],
    ['notify: { channels: [pigeon] }', 'allowed values'],
  ])('refuses %s, as the loader does', async (line, words) => {
    const text = line.startsWith('training') ? LEAST.replace(/training.*\n/, `${line}\n`) : LEAST + line;
    expect(await verdict(text)).toContain(words);
    expect(problemsOf(text)).not.toEqual([]);
  });

  it('describes every key', () => {
    const bare: string[] = [];
    const look = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      const { properties = {}, items, additionalProperties } = schema as Record<string, object>;
      for (const [key, part] of Object.entries(properties as Record<string, { description?: string }>)) {
        if (part.description === undefined) bare.push(`${path}${key}`);
        look(part, `${path}${key}.`);
      }
      look(items, `${path}[].`);
      look(additionalProperties, `${path}*.`);
    };
    look(JSON.parse(file), '');
    expect(bare).toEqual([]);
  });
});
