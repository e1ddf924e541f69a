import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the build puts the pages: beside the compiled server, and beside the sources in `dist/`. */
const PLACES = ['../../web/', '../../../dist/web/'];

/** The folder with the built pages; null where they are not built. */
export function builtPages(): string | null {
  const folders = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return folders.find((folder) => existsSync(`${folder}index.html`)) ?? null;
}
