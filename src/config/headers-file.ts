import { readFileSync, statSync } from 'node:fs';
import type { ProblemSink } from './problems.ts';
import { errorCode } from './secret.ts';
import { readText, type Env } from './variables.ts';

/** A header name as RFC 9110 allows it. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Printable Latin-1 and tabs: what may stand in a header value. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]+$/;

/** The headers of a file as it is now. A file that has become unreadable or wrong leaves them as they were. */
export type HeadersFile = () => Readonly<Record<string, string>>;

/**
 * Headers to send with every request, from the file that the setting names: one `Name: value` a line; empty lines
 * and lines that begin with `#` are skipped. Names come back in lower case. Problems name lines, never values. The
 * file is read again when it has changed, since such headers may be logins at a gateway.
 */
export function readHeadersFile(env: Env, setting: string, problems: ProblemSink): HeadersFile {
  const file = readText(env, setting);
  if (file === null) return () => ({});
  let stamp = stampOf(file);
  let headers = readHeaders(file, setting, problems) ?? {};
  return () => {
    const now = stampOf(file);
    if (now === stamp) return headers;
    stamp = now;
    let sound = true;
    const read = readHeaders(file, setting, { add: () => void (sound = false) });
    if (read !== null && sound) headers = read;
    return headers;
  };
}

/** What differs when a file was written anew; null for one that cannot be looked at. */
function stampOf(file: string): string | null {
  try {
    const { mtimeNs, size, ino } = statSync(file, { bigint: true });
    return `${mtimeNs} ${size} ${ino}`;
  } catch {
    return null;
  }
}

function readHeaders(file: string, setting: string, problems: ProblemSink): Record<string, string> | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    problems.add(setting, `names a file that cannot be read: ${file} (${errorCode(error)})`);
    return null;
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
