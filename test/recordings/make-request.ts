import type { Exchange } from './exchange.ts';
import { piecesOf, type IdMap } from './id-map.ts';
import { FORM_TYPE, makeContent, type Downloads } from './make-content.ts';
import type { Sent } from './send.ts';
import type { Place, Stage, ServerKind } from './server-kind.ts';

export interface Known {
  readonly kind: ServerKind;
  readonly stage: Stage;
  readonly ids: IdMap;
  readonly downloads: Downloads;
  /** Cookies of the session, by name. */
  readonly cookies: ReadonlyMap<string, string>;
}

/** Makes the request of an exchange with the ids, keys and addresses of this run. */
export async function makeRequest(known: Known, exchange: Exchange, later: readonly Exchange[]): Promise<Sent> {
  const body = await bodyOf(known, exchange);
  const headers = Object.entries(exchange.sent).map(([name, value]) => [name, headerOf(known, name, value)] as const);
  const sent = Object.fromEntries(headers);
  if (sent['content-type'] === 'multipart/form-data') sent['content-type'] = FORM_TYPE;
  if (sent['upload-length'] === '#content') sent['upload-length'] = String(await uploadLength(known, exchange, later));
  const { content } = exchange;
  if (content?.kind === 'download' && body !== undefined && content.part > 0) {
    const whole = known.downloads.get(content.path)?.length ?? 0;
    sent['upload-offset'] = String(content.part * Math.floor(whole / content.of));
  }
  return {
    method: exchange.method,
    path: withIds(known, exchange.path),
    headers: { accept: '*/*', 'accept-encoding': 'identity', ...known.stage.headers(exchange), ...sent },
    body,
  };
}

function headerOf(known: Known, name: string, value: string): string {
  if (name === 'cookie') return [...known.cookies].map(([key, cookie]) => `${key}=${cookie}`).join('; ');
  if (name === 'x-csrftoken') return known.cookies.get('csrftoken') ?? '';
  if (value.startsWith('Basic ')) return `Basic ${Buffer.from(value.slice('Basic '.length)).toString('base64')}`;
  return withIds(known, value);
}

/** A text with the ids of this run. For one that no answer has shown stands one that nothing has. */
function withIds({ kind, ids, stage }: Known, text: string): string {
  const words = piecesOf(text, kind.idPatterns)
    .map((piece) =>
      typeof piece === 'string' ? piece : (ids.actual(piece.kind, piece.id) ?? kind.inventId(piece.kind, piece.id)),
    )
    .join('');
  return stage.names.reduce((result, [actual, recorded]) => result.replaceAll(recorded, actual), words);
}

async function bodyOf(known: Known, exchange: Exchange): Promise<Buffer | undefined> {
  const { content } = exchange;
  if (content === undefined) return undefined;
  const isJson = content.kind === 'text' && exchange.sent['content-type']?.startsWith('application/json') === true;
  if (!isJson) return makeContent(content, known.downloads);
  try {
    const value = jsonWithIds(known, exchange, JSON.parse(content.text), [], undefined);
    return Buffer.from(JSON.stringify(value));
  } catch {
    return Buffer.from(content.text);
  }
}

function jsonWithIds(known: Known, exchange: Exchange, value: unknown, keys: Place['keys'], parent: unknown): unknown {
  if (typeof value === 'string') return withIds(known, value);
  if (Array.isArray(value)) {
    return value.map((item, index) => jsonWithIds(known, exchange, item, [...keys, index], value));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([name, inner]) => [name, jsonWithIds(known, exchange, inner, [...keys, name], value)]),
    );
  }
  if (typeof value !== 'number') return value;
  const path = exchange.path.replace(/\?.*$/s, '');
  const kind = known.kind.idKind({ path, side: 'request', keys, parent, value });
  const actual = kind === undefined ? undefined : known.ids.actual(kind, String(value));
  return actual === undefined ? value : Number(actual);
}

/** The length of what the later requests of an upload will send. */
async function uploadLength(known: Known, exchange: Exchange, later: readonly Exchange[]): Promise<number> {
  const name = exchange.headers['location']?.split('/').at(-1) ?? '';
  const pieces = later.filter(({ method, path }) => method === 'PATCH' && path.endsWith(`/${name}`));
  const contents = pieces.flatMap(({ content }) => (content === undefined ? [] : [content]));
  const bytes = await Promise.all(contents.map((content) => makeContent(content, known.downloads)));
  return bytes.reduce((sum, piece) => sum + piece.length, 0);
}
