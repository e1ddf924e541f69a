/** Writes the tables of docs/receipt.md from the schema of receipts. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withFields } from './receipt-page/render-receipt-page.ts';

const page = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../docs/receipt.md');
await writeFile(page, withFields(await readFile(page, 'utf8')));
process.stdout.write('docs/receipt.md: written from the schema\n');
