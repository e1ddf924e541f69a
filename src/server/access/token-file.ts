import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { MaskloopError } from '../../contracts/error.ts';
import { ROLES } from '../../contracts/role.ts';

const entrySchema = z.strictObject({
  name: z.string().min(1).max(200),
  sha256: z.string().regex(/^[0-9a-f]{64}$/i),
  role: z.enum(ROLES),
  connections: z.array(z.string().min(1)).min(1).optional(),
});

/** A token by its hash: whoever reads the file cannot use it. */
export interface TokenEntry {
  readonly name: string;
  readonly sha256: string;
  readonly role: (typeof ROLES)[number];
  /** Null for all. */
  readonly connections: readonly string[] | null;
}

/** A file is looked at again at most so often, in milliseconds. */
const LOOK_AGAIN_MS = 1000;

/**
 * Reads tokens: a JSON list of `{name, sha256, role, connections?}`, or a line `NAME ROLE SHA256 [CONNECTION,…]` each, where
 * `#` begins a comment.
 *
 * @throws MaskloopError `InvalidConfiguration`, with the number of the entry; never with what stands there
 */
export function parseTokenFile(text: string): readonly TokenEntry[] {
  const raw = text.trimStart().startsWith('[') ? jsonEntries(text) : lineEntries(text);
  const entries = raw.map((value, index): TokenEntry => {
    const parsed = entrySchema.safeParse(value);
    const where = parsed.error?.issues[0]?.path.join('.') ?? '';
    if (!parsed.success) throw unusable(`entry ${index + 1} is no token${where === '' ? '' : ` (${where})`}`);
    const { name, sha256, role, connections } = parsed.data;
    return { name, sha256: sha256.toLowerCase(), role, connections: connections ?? null };
  });
  for (const key of ['name', 'sha256'] as const) {
    const seen = new Set(entries.map((one) => one[key]));
    if (seen.size < entries.length) throw unusable(`two entries have the same ${key}`);
  }
  return entries;
}

function jsonEntries(text: string): readonly unknown[] {
  try {
    return z.array(z.unknown()).parse(JSON.parse(text));
  } catch {
    throw unusable('it begins with [ and is no JSON list');
  }
}

function lineEntries(text: string): readonly unknown[] {
  const lines = text.split('\n').map((line) => line.replace(/#.*$/, '').trim());
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [name, role, sha256, connections, ...more] = line.split(/\s+/);
      if (more.length > 0) return null;
      return { name, role, sha256, ...(connections === undefined ? {} : { connections: connections.split(',') }) };
    });
}

/**
 * Tokens of a file as it is now, so that one can be taken back while the server runs.
 *
 * @param onProblem told once of each change that cannot be used; the tokens from before hold meanwhile
 * @throws MaskloopError `InvalidConfiguration` if the file cannot be used at the start
 */
export function watchTokenFile(
  file: string,
  onProblem: (message: string) => void,
  now: () => number = Date.now,
): () => readonly TokenEntry[] {
  const mark = (): string => {
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs} ${size} ${ino}`;
  };
  const read = (): readonly TokenEntry[] => parseTokenFile(readFileSync(file, 'utf8'));
  let [entries, seen, lookedAt] = begin(file, () => [read(), mark(), now()] as const);
  return () => {
    if (now() - lookedAt < LOOK_AGAIN_MS) return entries;
    lookedAt = now();
    try {
      const next = mark();
      if (next === seen) return entries;
      seen = next;
      entries = read();
    } catch {
      if (seen !== '') onProblem('the file of tokens cannot be used; the tokens from before still hold');
      seen = '';
    }
    return entries;
  };
}

function begin<T>(file: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'InvalidConfiguration')
      throw error;
    throw unusable(`${file} cannot be read`);
  }
}

function unusable(reason: string): MaskloopError {
  const problem = `cannot be used: ${reason}.`;
  return new MaskloopError('InvalidConfiguration', `MASKLOOP_TOKENS_FILE ${problem}`, {
    facts: { problems: [{ setting: 'MASKLOOP_TOKENS_FILE', problem }] },
  });
}
