import { dirname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { readNamedText } from './named-text.ts';
import type { ProblemSink } from './problems.ts';
import { readText, type Env } from './variables.ts';

const NAME = /^[A-Za-z0-9_][A-Za-z0-9._~-]{0,199}$/;

/** Form of a trainer in a file: `command`, `folder` and `models`. */
export const trainerShape = z.strictObject({
  command: z.array(z.string().min(1)).min(1, 'must name a program'),
  folder: z.string().min(1),
  models: z
    .record(
      z.string().regex(NAME, 'is no name: letters, digits, `-`, `_`, `.` and `~`'),
      z.record(z.string().min(1), z.int().min(1).max(65_535)).refine(isUnambiguous, 'gives one value to two labels'),
    )
    .refine((models) => Object.keys(models).length > 0, 'must name a model'),
});

/** A program that trains: `folder` is absolute, `models` hold label name → value in masks. */
export type TrainerConfig = z.infer<typeof trainerShape>;

/** The setting that names the trainer of the connection `default`. */
export const TRAINER_VARIABLE = 'MASKLOOP_TRAINER';

function isUnambiguous(labels: Readonly<Record<string, number>>): boolean {
  return new Set(Object.values(labels)).size === Object.keys(labels).length;
}

/** The trainer as it is used: its folder is named from the folder of the file that it stands in. */
export function resolveTrainer(given: TrainerConfig, folder: string): TrainerConfig {
  return { ...given, folder: resolve(folder, given.folder) };
}

/** The trainer that a file (YAML or JSON) describes; null if the setting is not set, or with noted problems. */
export function readTrainer(env: Env, setting: string, problems: ProblemSink): TrainerConfig | null {
  const named = readText(env, setting);
  if (named === null) return null;
  const file = resolve(named);
  const content = readNamedText(file, setting, problems);
  if (content === null) return null;
  const document = parseDocument(content, { prettyErrors: false });
  if (document.errors.length > 0) {
    problems.add(setting, `names a file that is no YAML: ${file}`);
    return null;
  }
  const parsed = trainerShape.safeParse(document.toJS());
  if (parsed.success) return resolveTrainer(parsed.data, dirname(file));
  for (const { path, message } of parsed.error.issues) {
    problems.add(
      setting,
      `names ${file}, where ${path.length === 0 ? 'the whole' : path.join('.')} is wrong: ${message}.`,
    );
  }
  return null;
}
