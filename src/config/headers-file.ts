import { readFileSync } from 'node:fs';
import type { Problems } from './problems.ts';
import { errorCode } from './secret.ts';
import { readText, type Env } from './variables.ts';

/** A header name as RFC 9110 allows it. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Printable Latin-1 and tabs: what may stand in a header value. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]+$/;

/**
 * Headers to send with every request, from the file that the setting names: one `Name: value` a line; empty lines
 * and lines that begin with `#` are skipped. Names come back in lower case. Problems name lines, never values.
 */
export function readHeadersFile(env: Env, setting: string, problems: Problems): Record<string, string> {
  const file = readText(env, setting);
  if (file === null) return {};
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    problems.add(setting, `names a file that cannot be read: ${file} (${errorCode(error)})`);
    return {};
  }
  const headers: Record<string, string> = {};
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim();
    const value = line.slice(colon + 1).trim();
    if (NAME.test(name) && VALUE.test(value)) headers[name.toLowerCase()] = value;
    else problems.add(setting, `has no \`Name: value\` in line ${index + 1} of ${file}.`);
  }
  return headers;
}
