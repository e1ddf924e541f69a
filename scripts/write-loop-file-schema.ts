/** Writes docs/maskloop.schema.json, by which editors know maskloop.yaml. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loopFileJsonSchema, SCHEMA_FILE } from '../src/loop-file/json-schema.ts';

const file = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../docs', SCHEMA_FILE);
await writeFile(file, loopFileJsonSchema());
process.stdout.write(`docs/${SCHEMA_FILE}: written\n`);
