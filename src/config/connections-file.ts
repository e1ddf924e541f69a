import { basename } from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { readNamedText } from './named-text.ts';
import type { ProblemSink } from './problems.ts';
import { trainerShape } from './trainer.ts';

/** Parts of connection ids: what a shell, an address and a folder take as it is. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

const text = z.string('must be a text');
const cvatShape = z.strictObject({
  url: text,
  publicUrl: text.optional(),
  organization: text.optional(),
  headersFile: text.optional(),
  tokenFile: text.optional(),
  tokenEnv: text.optional(),
  username: text.optional(),
  usernameFile: text.optional(),
  passwordFile: text.optional(),
  passwordEnv: text.optional(),
  webhookSecretFile: text.optional(),
  webhookSecretEnv: text.optional(),
});
const monaiShape = z.strictObject({ url: text, headersFile: text.optional(), version: text.optional() });
const connectionShape = z.strictObject({
  cvat: cvatShape,
  monai: monaiShape.optional(),
  trainer: trainerShape.optional(),
});

/** What stands under one name, none of it checked beyond its form. */
export type ConnectionEntry = z.infer<typeof connectionShape>;

/** The parsed file of further connections. */
export interface ConnectionsFile {
  readonly entries: ReadonlyMap<string, ConnectionEntry>;
  /** `connections.yaml:7 north.cvat.url`, for a path of keys from the top. */
  place(path: readonly PropertyKey[]): string;
}

/**
 * Reads the form of a file of connections: YAML (or JSON, which is YAML) with a connection under each name. Problems
 * name the line and the key; a connection with problems is left out. No value is quoted: it might be a secret that
 * somebody wrote there by mistake.
 *
 * @returns null with a noted problem if the file cannot be read or parsed at all
 */
export function readConnectionsFile(file: string, setting: string, problems: ProblemSink): ConnectionsFile | null {
  const content = readNamedText(file, setting, problems);
  if (content === null) return null;
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken !== undefined) {
    problems.add(setting, `is no YAML in line ${lines.linePos(broken.pos[0]).line} of ${file} (${broken.code})`);
    return null;
  }
  const place: ConnectionsFile['place'] = (path) =>
    `${basename(file)}:${lineOf(document, lines, path)} ${path.join('.')}`;
  const top: unknown = document.toJS();
  if (typeof top !== 'object' || top === null || Array.isArray(top) || Object.keys(top).length === 0) {
    problems.add(setting, `holds no connections: ${file} must have a name and a connection under it.`);
    return null;
  }
  const entries = new Map<string, ConnectionEntry>();
  for (const [name, value] of Object.entries(top)) {
    const entry = checkedEntry(name, value, place, problems);
    if (entry !== null) entries.set(name, entry);
  }
  return { entries, place };
}

function checkedEntry(
  name: string,
  value: unknown,
  place: ConnectionsFile['place'],
  problems: ProblemSink,
): ConnectionEntry | null {
  if (name === 'default')
    problems.add(place([name]), 'is the connection that the environment describes; use another name.');
  else if (!NAME.test(name)) {
    problems.add(place([name]), 'is no name: up to 64 letters, digits, `-`, `_` and `.`, a letter or digit first.');
  }
  const parsed = connectionShape.safeParse(value);
  if (parsed.success) return name === 'default' || !NAME.test(name) ? null : parsed.data;
  for (const issue of parsed.error.issues) {
    const isMissing = issue.code === 'invalid_type' && !has(value, issue.path);
    if (isMissing) problems.add(place([name, ...issue.path]), 'is missing.');
    else noteIssue([name, ...issue.path], issue, place, problems);
  }
  return null;
}

function noteIssue(
  path: readonly PropertyKey[],
  issue: z.core.$ZodIssue,
  place: ConnectionsFile['place'],
  problems: ProblemSink,
): void {
  if (issue.code !== 'unrecognized_keys') return problems.add(place(path), `${issue.message}.`);
  for (const key of issue.keys) {
    const isSecret = key === 'token' || key === 'password';
    const instead = `: secrets do not stand in this file; name a variable (${key}Env) or a file (${key}File).`;
    problems.add(place([...path, key]), `is not known here${isSecret ? instead : '.'}`);
  }
}

function has(value: unknown, path: readonly PropertyKey[]): boolean {
  const [first, ...rest] = path;
  if (first === undefined) return value !== undefined && value !== null;
  return typeof value === 'object' && value !== null && has(Reflect.get(value, first), rest);
}

/** The line of the innermost key of a path that the file has; 1 if it has none of them. */
function lineOf(document: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let line = 1;
  for (const step of path) {
    if (!isMap(node)) break;
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    if (pair === undefined) break;
    if (isScalar(pair.key) && pair.key.range != null) ({ line } = lines.linePos(pair.key.range[0]));
    node = pair.value;
  }
  return line;
}
