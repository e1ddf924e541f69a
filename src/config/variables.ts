import { homedir } from 'node:os';
import path from 'node:path';
import type { ProblemSink } from './problems.ts';

/** Settings as the process was given them. */
export type Env = Readonly<Record<string, string | undefined>>;

/** A setting without surrounding blanks; null if it is not set or blank. */
export function readText(env: Env, name: string): string | null {
  const text = env[name]?.trim();
  return text === undefined || text === '' ? null : text;
}

/**
 * An http or https address without its trailing slashes; null with a noted problem if the setting cannot be one.
 * The address must not hold a login: addresses are shown to people and written into receipts.
 */
export function readUrl(env: Env, name: string, problems: ProblemSink): string | null {
  const text = readText(env, name);
  if (text === null) return null;
  const problem = urlProblem(text);
  if (problem === null) return text.replace(/\/+$/, '');
  problems.add(name, problem);
  return null;
}

function urlProblem(text: string): string | null {
  if (!URL.canParse(text)) return 'is not an address; write it like https://host or http://host:8080.';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'does not begin with http:// or https://.';
  if (url.username !== '' || url.password !== '')
    return 'holds a login; name login and password in their own settings.';
  if (url.search !== '' || url.hash !== '') return 'has something after `?` or `#`; leave that out.';
  return null;
}

/** A folder of the user by the XDG rules: the variable if it is an absolute path, else the folder under the home directory. */
export function userFolder(env: Env, variable: 'XDG_DATA_HOME' | 'XDG_STATE_HOME', fallback: string): string {
  const named = readText(env, variable);
  if (named !== null && path.isAbsolute(named)) return named;
  return path.join(readText(env, 'HOME') ?? homedir(), fallback);
}
