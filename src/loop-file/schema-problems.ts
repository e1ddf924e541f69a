import type { z } from 'zod';
import { nearNames } from '../labels/near-names.ts';
import type { KnownKeys } from './known-keys.ts';
import type { LoopFileProblem } from './loop-file-problem.ts';
import type { Position, Positions } from './positions.ts';
import { secretKeyProblem } from './secrets.ts';

interface Seen {
  readonly value: unknown;
  readonly positions: Positions;
  readonly keys: KnownKeys;
}

/** What a schema found, with places and with what may have been meant. @param seen the document that was parsed */
export function schemaProblems(issues: readonly z.core.$ZodIssue[], seen: Seen): readonly LoopFileProblem[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => unknownKey(issue.path, key, seen));
    }
    if (issue.code === 'invalid_key') {
      const [inner] = issue.issues;
      return [problemAt(issue.path, inner?.message ?? 'is no key', seen.positions.key(issue.path))];
    }
    return [wrongValue(issue, seen)];
  });
}

function unknownKey(path: readonly PropertyKey[], key: string, { positions, keys }: Seen): LoopFileProblem {
  const place = positions.key([...path, key]);
  const near = keys.near(path, key);
  const secret = near.length === 0 ? secretKeyProblem(key) : null;
  if (secret !== null) return problemAt([...path, key], secret, place);
  const meant = near.length === 0 ? keys.akin(path, key) : near;
  const hint = meant.length === 0 ? '' : `; did you mean ${meant.slice(0, 3).join(' or ')}?`;
  return problemAt([...path, key], `is not known here${hint}`, place);
}

function wrongValue(issue: z.core.$ZodIssue, { value, positions }: Seen): LoopFileProblem {
  const { path, message } = issue;
  const given = valueAt(value, path);
  if (given === undefined) return problemAt(path, 'is missing', positions.value(path));
  if (issue.code === 'invalid_type' && issue.expected === 'object') {
    return problemAt(path, 'must hold keys, each with a colon and a value', positions.value(path));
  }
  const known = issue.code === 'invalid_value' ? issue.values.filter((word) => typeof word === 'string') : [];
  const near = typeof given === 'string' ? nearNames(given, known) : [];
  const hint = near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`;
  return problemAt(path, `${message}${hint}`, positions.value(path));
}

function problemAt(path: readonly PropertyKey[], problem: string, { line, column }: Position): LoopFileProblem {
  return { line, column, path: path.map(String).join('.'), problem };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, step) => {
    return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
      ? (Reflect.get(inner, step) as unknown)
      : undefined;
  }, value);
}
