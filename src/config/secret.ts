import { readFileSync } from 'node:fs';
import { MaskloopError } from '../contracts/error.ts';
import type { Problems } from './problems.ts';
import { readText, type Env } from './variables.ts';

/** A secret that may change while the process runs. */
export interface Secret {
  /**
   * The secret as it is now: a file is read again on each call.
   *
   * @throws MaskloopError `InvalidConfiguration` if the file can no longer be read or is empty
   */
  read(): string;
}

/**
 * A secret from `NAME`, or from the file that `NAME_FILE` names. Null if neither is set, or with a noted problem if
 * both are or the file cannot be read.
 */
export function readSecret(env: Env, name: string, problems: Problems): Secret | null {
  const value = readText(env, name);
  const file = readText(env, `${name}_FILE`);
  if (value !== null && file !== null) {
    problems.add(name, `and ${name}_FILE are both set; set one of them.`);
    return null;
  }
  if (file === null) return value === null ? null : { read: () => value };
  const problem = fileProblem(file);
  if (problem === null) return { read: () => readSecretFile(file, `${name}_FILE`) };
  problems.add(`${name}_FILE`, problem);
  return null;
}

/** True if the secret is set in either way, whether it can be read or not. */
export function isSet(env: Env, name: string): boolean {
  return readText(env, name) !== null || readText(env, `${name}_FILE`) !== null;
}

function readSecretFile(file: string, setting: string): string {
  const problem = fileProblem(file);
  if (problem === null) return readFileSync(file, 'utf8').trim();
  throw new MaskloopError('InvalidConfiguration', `${setting} ${problem}`, {
    facts: { problems: [{ setting, problem }] },
  });
}

/** Why a file cannot serve as a secret; null if it can. */
function fileProblem(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() === '' ? `names an empty file: ${file}` : null;
  } catch (error) {
    return `names a file that cannot be read: ${file} (${errorCode(error)})`;
  }
}

/** The `code` of a Node error, for instance `ENOENT`. */
export function errorCode(error: unknown): string {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
  return hasCode ? String(error.code) : 'unknown error';
}
