import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Path of the bundle of workflows that the build made; null where the sources run. */
export function bundlePath(): string | null {
  const path = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));
  return existsSync(path) ? path : null;
}

/** The first 12 hex digits of the bundle's SHA-256, or `sources`: two workers with the same one run the same workflows. */
export function bundleDigest(): string {
  const path = bundlePath();
  return path === null ? 'sources' : createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12);
}
