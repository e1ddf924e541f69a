import { readFileSync } from 'node:fs';

/** The version of this package, from its `package.json`; `unknown` where that names none. */
export function packageVersion(): string {
  const document: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  if (typeof document === 'object' && document !== null && 'version' in document) return String(document.version);
  return 'unknown';
}
