import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';

/** JavaScript and CSS that a browser loads before the first page begins to load, gzipped, in bytes. */
export const MOST_BYTES = 250_000;

const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    isEntry: z.boolean().optional(),
    imports: z.array(z.string()).default([]),
    css: z.array(z.string()).default([]),
  }),
);

/** The entry, all that it imports statically, and their styles: names below `folder`, and their gzipped size in bytes. */
export async function firstLoad(
  folder: string,
): Promise<{ readonly bytes: number; readonly files: readonly string[] }> {
  const text = await readFile(path.join(folder, '.vite/manifest.json'), 'utf8');
  const manifest = manifestSchema.parse(JSON.parse(text));
  const files = new Set<string>();
  const seen = new Set<string>();
  const add = (name: string): void => {
    const chunk = manifest[name];
    if (chunk === undefined || seen.has(name)) return;
    seen.add(name);
    for (const file of [chunk.file, ...chunk.css]) files.add(file);
    for (const one of chunk.imports) add(one);
  };
  for (const [name, { isEntry }] of Object.entries(manifest)) if (isEntry === true) add(name);
  const sizes = await Promise.all(
    [...files].map(async (file) => gzipSync(await readFile(path.join(folder, file)), { level: 9 }).length),
  );
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), files: [...files] };
}
