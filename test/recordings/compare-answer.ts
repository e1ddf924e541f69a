import { compactJson, compactText } from './compact-json.ts';
import { compareJson, isSameText, type Comparison } from './compare-json.ts';
import type { Exchange } from './exchange.ts';
import { readZip } from './read-zip.ts';
import type { Received } from './send.ts';
import type { Stage } from './server-kind.ts';

/** What differs between the recorded and the actual answer, in words; nothing if they are equal. */
export async function compareAnswer(
  comparison: Comparison,
  stage: Stage,
  exchange: Exchange,
  actual: Received,
): Promise<readonly string[]> {
  if (exchange.status !== actual.status) {
    const words = actual.body.toString('utf8').replaceAll(/\s+/g, ' ').slice(0, 200);
    return [`status: ${exchange.status} recorded, ${actual.status} now (${words})`];
  }
  const body = await compareBody(comparison, stage, exchange, actual);
  return [...compareHeaders(comparison, stage, exchange, actual), ...body];
}

function compareHeaders(comparison: Comparison, stage: Stage, exchange: Exchange, actual: Received): readonly string[] {
  const names = new Set([...Object.keys(exchange.headers), ...ALWAYS_COMPARED]);
  return [...names].flatMap((name) => {
    const recorded = exchange.headers[name];
    const value = actual.headers[name];
    const now = value === undefined ? undefined : recordedWords(stage, headerValue(name, value));
    if (recorded === undefined || now === undefined) {
      return recorded === now ? [] : [`${name}: ${recorded ?? 'nothing'} recorded, ${now ?? 'nothing'} now`];
    }
    // Of content that was made anew the length differs.
    const isRemade = exchange.content !== undefined && exchange.content.kind !== 'text' && name === 'upload-offset';
    if (recorded === '#any' || isRemade || isSameText(comparison, recorded, now)) return [];
    return [`${name}: ${recorded} recorded, ${now} now`];
  });
}

/** Headers that must not appear where none was recorded. */
const ALWAYS_COMPARED = ['allow', 'content-type', 'location', 'retry-after', 'upload-offset', 'www-authenticate'];

function headerValue(name: string, value: string): string {
  if (name !== 'set-cookie') return value;
  return [...value.matchAll(/(?:^|, ?)([A-Za-z]\w*)=[^;]*;/g)].map(([, cookie]) => cookie).join(' ');
}

async function compareBody(
  comparison: Comparison,
  stage: Stage,
  exchange: Exchange,
  actual: Received,
): Promise<readonly string[]> {
  if (exchange.isOpaque === true) return actual.body.length > 0 ? [] : ['body: something recorded, nothing now'];
  if (exchange.zip !== undefined) return compareZip(comparison, exchange.zip, actual.body);
  const text = recordedWords(stage, actual.body.toString('utf8'));
  const json = parsed(text);
  if (exchange.json !== undefined) {
    if (json === undefined) return [`body: JSON recorded, ${compactText(text)} now`];
    if (exchange.status === 201) noteMade(comparison, exchange.json, json);
    return compareJson(comparison, exchange.json, compactJson(json));
  }
  const recorded = exchange.text ?? '';
  if (isSameText(comparison, recorded.trim(), compactText(text).trim())) return [];
  return [`body: ${JSON.stringify(recorded)} recorded, ${JSON.stringify(compactText(text))} now`];
}

/** What was made is a pair, whatever its ids. */
function noteMade({ kind, ids, path }: Comparison, recorded: unknown, actual: unknown): void {
  const [id, now] = [idOf(recorded), idOf(actual)];
  if (id === undefined || now === undefined) return;
  const made = kind.idKind({ path, side: 'answer', keys: ['id'], parent: recorded, value: id });
  if (made !== undefined) ids.made(made, String(id), String(now));
}

function idOf(json: unknown): number | undefined {
  const hasId = typeof json === 'object' && json !== null && 'id' in json;
  return hasId && typeof json.id === 'number' ? json.id : undefined;
}

async function compareZip(
  comparison: Comparison,
  recorded: Readonly<Record<string, unknown>>,
  bytes: Buffer,
): Promise<readonly string[]> {
  const files = await readZip(bytes).catch(() => undefined);
  if (files === undefined) return ['body: an archive recorded, none now'];
  const actual = [...files].map(([name, content]) => [name, fileOf(name, content)] as const);
  return compareJson(comparison, recorded, Object.fromEntries(actual));
}

function fileOf(name: string, content: Buffer): unknown {
  if (name.endsWith('.json')) return compactJson(parsed(content.toString('utf8')));
  return name.endsWith('.txt') ? compactJson(content.toString('utf8').split('\n')) : null;
}

/** A text of this run in the words of the recording. */
function recordedWords(stage: Stage, text: string): string {
  const words = stage.names.reduce((result, [actual, recorded]) => result.replaceAll(actual, recorded), text);
  return words.replaceAll(/\/tmp\/tmp\w+/g, '/tmp/tmp00000000');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
