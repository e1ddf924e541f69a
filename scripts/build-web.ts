/** Builds the pages into dist/web and refuses them when too much has to be loaded before the first of them shows. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPages } from './web/build-pages.ts';
import { firstLoad, MOST_BYTES } from './web/first-load.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const outDir = path.join(root, 'dist/web');
await buildPages(path.join(root, 'web'), outDir);
const { bytes, files } = await firstLoad(outDir);
const kB = (count: number): string => `${(count / 1000).toFixed(0)} kB`;
process.stdout.write(`pages: first load ${kB(bytes)} gzipped in ${files.length} files; at most ${kB(MOST_BYTES)}\n`);
if (bytes > MOST_BYTES) {
  process.stderr.write(`pages: too much is loaded at first: ${files.join(', ')}\n`);
  process.exit(1);
}
