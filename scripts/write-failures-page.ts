/** Writes docs/failures.md from the catalogue of failures. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FAILURES } from '../src/contracts/failures.ts';
import { renderFailuresPage } from './failures-page/render-failures-page.ts';

const page = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../docs/failures.md');
await writeFile(page, renderFailuresPage());
process.stdout.write(`docs/failures.md: ${Object.keys(FAILURES).length} codes\n`);
