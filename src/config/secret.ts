import { readFileSync } from 'node:fs';
import { MaskloopError } from '../contracts/error.ts';
import type { ProblemSink } from './problems.ts';
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

/** What the two ways to give a secret are called: itself, or a file that holds it. */
export interface SecretNames {
  readonly value: string;
  readonly file: string;
}

/** `NAME` and `NAME_FILE`, as variables of the environment are called. */
export function secretVariables(name: string): SecretNames {
  return { value: name, file: `${name}_FILE` };
}

/**
 * A secret from the setting itself, or from the file that the other one names. Null if neither is set, or with a noted
 * problem if both are or the file cannot be read.
 */
export function readSecret(env: Env, names: SecretNames, problems: ProblemSink): Secret | null {
  const value = readText(env, names.value);
  const file = readText(env, names.file);
  if (value !== null && file !== null) {
    problems.add(names.value, `and ${names.file} are both set; set one of them.`);
    return null;
  }
  if (file === null) return value === null ? null : { read: () => value };
  const problem = fileProblem(file);
  if (problem === null) return { read: () => readSecretFile(file, names.file) };
  problems.add(names.file, problem);
  return null;
}

/** True if the secret is set in either way, whether it can be read or not. */
export function isSet(env: Env, names: SecretNames): boolean {
  return readText(env, names.value) !== null || readText(env, names.file) !== null;
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
