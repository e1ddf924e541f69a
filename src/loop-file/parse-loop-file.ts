import { LineCounter, parseDocument, visit, type Document } from 'yaml';
import { knownKeys } from './known-keys.ts';
import { invalidLoopFile, type LoopFileProblem } from './loop-file-problem.ts';
import type { ParsedLoopFile } from './parsed-loop-file.ts';
import { positionsOf, type Positions } from './positions.ts';
import { schemaProblems } from './schema-problems.ts';
import { loopFileSchema } from './schema/loop-file.ts';
import { secretValueProblem } from './secrets.ts';

/** Longer files are none that a person wrote, in UTF-16 code units. */
const MAX_LENGTH = 1_000_000;

/** What YAML may repeat by aliases. */
const MAX_ALIASES = 100;

/**
 * Reads a file of a loop: YAML 1.2, or JSON, which is YAML. A key with nothing behind it counts as not there.
 *
 * @param where the file as it was named, for messages
 * @throws MaskloopError `InvalidLoopFile` with everything that is wrong, each with line, column and path; no value is
 *   quoted, since it might be a secret that somebody wrote there by mistake
 */
export function parseLoopFile(text: string, where: string): ParsedLoopFile {
  const whole = (problem: string) => invalidLoopFile(where, [{ line: 1, column: 1, path: '', problem }]);
  if (text.length > MAX_LENGTH) throw whole(`is longer than ${MAX_LENGTH} characters`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const positions = positionsOf(document, lines);
  const broken = yamlProblems(document, positions);
  const isReadable = document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
  if (!isReadable) throw invalidLoopFile(where, broken);
  const value = plainValue(document);
  if (value === null) throw whole('repeats too much by aliases');
  if (value.content === undefined) throw whole('holds nothing; maskloop init writes one');
  const parsed = loopFileSchema.safeParse(value.content, { reportInput: false });
  const keys = knownKeys(loopFileSchema);
  const wrong = parsed.success ? [] : schemaProblems(parsed.error.issues, { value: value.content, positions, keys });
  const all = [...broken, ...wrong, ...secrets(document, positions, wrong)];
  if (!parsed.success || all.length > 0) throw invalidLoopFile(where, all);
  const content = parsed.data;
  const problemAt: ParsedLoopFile['problemAt'] = (path, problem) => {
    return { ...positions.value(path), path: path.join('.'), problem };
  };
  return { where, content, problemAt };
}

function yamlProblems(document: Document.Parsed, positions: Positions): readonly LoopFileProblem[] {
  return [...document.errors, ...document.warnings].map(({ code, pos }) => {
    const isTwice = code === 'DUPLICATE_KEY';
    const problem = isTwice
      ? 'a key stands here a second time'
      : `this is no YAML: ${code.toLowerCase().replaceAll('_', ' ')}`;
    return { ...positions.at(pos[0]), path: '', problem };
  });
}

/** The content without keys that have nothing behind them; null where aliases blow it up. */
function plainValue(document: Document.Parsed): { readonly content: unknown } | null {
  try {
    return { content: withoutNulls(document.toJS({ maxAliasCount: MAX_ALIASES })) };
  } catch {
    return null;
  }
}

function withoutNulls(value: unknown): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map((item: unknown) => item ?? null);
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value).flatMap(([key, part]): readonly (readonly [string, unknown])[] => {
    const kept = withoutNulls(part);
    return kept === undefined ? [] : [[key, kept]];
  });
  return Object.fromEntries(entries);
}

/** Texts that look like secrets, but where something else is wrong already. */
function secrets(
  document: Document.Parsed,
  positions: Positions,
  wrong: readonly LoopFileProblem[],
): readonly LoopFileProblem[] {
  const found: LoopFileProblem[] = [];
  visit(document, {
    Scalar: (key, { value, range }) => {
      const problem = key === 'key' || typeof value !== 'string' ? null : secretValueProblem(value);
      if (problem === null || range == null) return;
      const place = positions.at(range[0]);
      if (wrong.every(({ line }) => line !== place.line)) found.push({ ...place, path: '', problem });
    },
  });
  return found;
}
