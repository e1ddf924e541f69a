import { appendFileSync } from 'node:fs';
import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import { gunzipSync } from 'node:zlib';
import { createSecretMask, type SecretMask } from './mask-secrets.ts';

export interface RecorderOptions {
  /** Server to forward to. */
  readonly target: URL;
  /** `transcript.jsonl`; lines are appended. */
  readonly file: string;
  /** Label of what is recorded until a request names another by {@link CASE_HEADER}. */
  readonly label: string;
}

export interface Recorder {
  /** Not listening yet. */
  readonly server: http.Server;
  /** Names the case from the next request on. */
  name(label: string): void;
}

/** Request header that names the case from then on; it is not forwarded. */
export const CASE_HEADER = 'x-record-case';

/** Longer bodies are cut in the transcript; `bodyBytes` tells how long they were. */
const MOST_BODY_BYTES = 200_000;

interface Message {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * A server that forwards every request as it is and appends the exchange to a transcript, one JSON line each:
 * `{seq, t, ms, case, request: {method, url, headers, body, bodyEncoding, bodyBytes}, response: {status, …}}`, with secrets
 * masked. Gzip is undone in the transcript only. A connection that breaks is recorded as status 0.
 */
export function createRecorder({ target, file, label }: RecorderOptions): Recorder {
  const mask = createSecretMask();
  let current = label;
  let seq = 0;

  async function record(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const begun = Date.now();
    const { [CASE_HEADER]: named, ...headers } = incoming.headers;
    if (typeof named === 'string') current = named;
    const request = { headers, body: await readAll(incoming) };
    const [method = 'GET', url = '/'] = [incoming.method, incoming.url];
    const answer = await forward(target, { method, url, rawHeaders: incoming.rawHeaders, body: request.body });
    seq += 1;
    const facts = { seq, t: begun, ms: Date.now() - begun, case: current };
    const asked = { method, url: mask.body(url), ...transcribed(mask, request) };
    const answered = { status: answer.status, ...transcribed(mask, answer) };
    appendFileSync(file, `${JSON.stringify({ ...facts, request: asked, response: answered })}\n`);
    if (answer.status === 0) incoming.socket.destroy();
    else outgoing.writeHead(answer.status, answer.rawHeaders).end(answer.body);
  }

  const server = http.createServer((incoming, outgoing) => {
    record(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  return {
    server,
    name(next) {
      current = next;
    },
  };
}

interface Forwarded extends Message {
  readonly status: number;
  readonly rawHeaders: string[];
}

/** Sends a request with the headers as they came but for the name of the case. Status 0 if no answer came. */
function forward(
  target: URL,
  { method, url, rawHeaders, body }: { method: string; url: string; rawHeaders: string[]; body: Buffer },
): Promise<Forwarded> {
  const headers = rawHeaders.filter((_, at) => rawHeaders[at - (at % 2)]?.toLowerCase() !== CASE_HEADER);
  const lost: Forwarded = { status: 0, headers: {}, rawHeaders: [], body: Buffer.alloc(0) };
  return new Promise((resolve) => {
    const options = { method, path: url, headers, setDefaultHeaders: false };
    const sent = target.protocol === 'https:' ? https.request(target, options) : http.request(target, options);
    sent.once('error', () => resolve(lost));
    sent.once('response', (response) => {
      const { statusCode: status = 0, headers: answered, rawHeaders: raw } = response;
      readAll(response).then(
        (content) => resolve({ status, headers: answered, rawHeaders: raw, body: content }),
        () => resolve(lost),
      );
    });
    sent.end(body);
  });
}

/** Headers and body as the transcript has them: text where it is text, else base64. */
function transcribed(mask: SecretMask, { headers, body }: Message): object {
  const plain = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  const cut = plain.subarray(0, MOST_BODY_BYTES);
  const isText = !cut.includes(0) && Buffer.from(cut.toString('utf8')).equals(cut);
  const masked = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    mask.header(name, [value ?? ''].flat().join(', ')),
  ]);
  return {
    headers: Object.fromEntries(masked),
    body: isText ? mask.body(cut.toString('utf8')) : cut.toString('base64'),
    bodyEncoding: isText ? 'utf8' : 'base64',
    bodyBytes: plain.length,
    ...(plain === body ? {} : { decodedFrom: 'gzip', wireBytes: body.length }),
  };
}

async function readAll(message: AsyncIterable<unknown>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message) if (Buffer.isBuffer(piece)) pieces.push(piece);
  return Buffer.concat(pieces);
}
