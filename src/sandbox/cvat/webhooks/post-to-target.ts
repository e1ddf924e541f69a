import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { finished } from 'node:stream/promises';
import { gunzipSync, inflateSync } from 'node:zlib';

/** How long a webhook's target may take, in milliseconds. */
export interface TargetTimeouts {
  readonly connectMs: number;
  /** Between any two pieces of the answer, its first included. */
  readonly readMs: number;
}

export interface TargetMessage {
  readonly url: string;
  readonly body: string;
  /** Sent in this order after `Host`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly verifiesTls: boolean;
}

export type TargetAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly text: string }
  | { readonly kind: 'timed out' | 'refused'; readonly words: string };

/** As many redirects as Python's requests follows. */
const MAX_REDIRECTS = 30;
const MAX_ANSWER_BYTES = 2 ** 20;
/** What CVAT says that it waited, however long it was made to. */
const READ_SECONDS = 10;
const CONNECT_SECONDS = 3;
const BODY_HEADERS = ['content-length', 'content-type', 'transfer-encoding'];

/**
 * Sends a webhook's message as Python's requests does, redirects included: after 301, 302 and 303 with GET and without
 * the body, after 307 and 308 as it was; all other headers, the signature too, go along.
 *
 * @returns also where nobody answered; it never rejects
 */
export async function postToTarget(message: TargetMessage, timeouts: TargetTimeouts): Promise<TargetAnswer> {
  let step: Step = { ...message, method: 'POST' };
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const answer = await send(step, timeouts).catch(
      (error: unknown) => ({ kind: 'refused', words: String(error) }) satisfies TargetAnswer,
    );
    const next = answer.kind === 'answered' ? follow(step, answer) : undefined;
    if (next === undefined) return answer;
    step = next;
  }
  return { kind: 'refused', words: `Exceeded ${MAX_REDIRECTS} redirects.` };
}

interface Step extends TargetMessage {
  readonly method: 'GET' | 'POST';
}

type StepAnswer = TargetAnswer & { readonly location?: string | undefined };

function follow(step: Step, answer: StepAnswer & { kind: 'answered' }): Step | undefined {
  if (answer.location === undefined || ![301, 302, 303, 307, 308].includes(answer.status)) return undefined;
  const url = new URL(answer.location, step.url).href;
  if (answer.status >= 307) return { ...step, url };
  const headers = Object.entries(step.headers).filter(([name]) => !BODY_HEADERS.includes(name.toLowerCase()));
  return { ...step, url, method: 'GET', body: '', headers: Object.fromEntries(headers) };
}

async function send(step: Step, timeouts: TargetTimeouts): Promise<StepAnswer> {
  const target = new URL(step.url);
  const isTls = target.protocol === 'https:';
  const port = target.port === '' ? (isTls ? '443' : '80') : target.port;
  const pool = `HTTP${isTls ? 'S' : ''}ConnectionPool(host='${target.hostname}', port=${port})`;
  const connection = `HTTP${isTls ? 'S' : ''}Connection(host='${target.hostname}', port=${port})`;
  const unreachable = (cause: string): string =>
    `${pool}: Max retries exceeded with url: ${target.pathname}${target.search} (Caused by ${cause})`;
  return new Promise((resolve) => {
    const options = { method: step.method, agent: false, headers: { Host: target.host, ...step.headers } };
    const request = isTls
      ? httpsRequest(target, { ...options, rejectUnauthorized: step.verifiesTls })
      : httpRequest(target, options);
    const fail = (kind: 'timed out' | 'refused', words: string): void => {
      clearTimeout(timer);
      resolve({ kind, words });
      request.destroy();
    };
    const readTimeout = (): void => fail('timed out', `${pool}: Read timed out. (read timeout=${READ_SECONDS})`);
    let timer = setTimeout(() => {
      const cause = `Connection to ${target.hostname} timed out. (connect timeout=${CONNECT_SECONDS})`;
      fail('timed out', unreachable(`ConnectTimeoutError("${connection}: ${cause}")`));
    }, timeouts.connectMs);
    const restart = (): void => {
      clearTimeout(timer);
      timer = setTimeout(readTimeout, timeouts.readMs);
    };
    request.on('socket', (socket) => socket.once(isTls ? 'secureConnect' : 'connect', restart));
    request.on('error', (error) => fail('refused', refusal(error, { pool, connection, unreachable })));
    const answered = async (response: IncomingMessage): Promise<void> => {
      const text = await collect(response, restart);
      clearTimeout(timer);
      resolve({ kind: 'answered', status: response.statusCode ?? 0, text, location: response.headers.location });
    };
    request.on('response', (response) => {
      answered(response).catch((error: unknown) => fail('refused', String(error)));
    });
    request.end(step.body);
  });
}

/** The words of urllib3 for a connection that was not made, or was lost. */
function refusal(
  error: Error & { code?: string; errno?: number },
  names: { pool: string; connection: string; unreachable: (cause: string) => string },
): string {
  if (error.code === 'ECONNREFUSED') {
    const cause = `Failed to establish a new connection: [Errno 111] Connection refused`;
    return names.unreachable(`NewConnectionError("${names.connection}: ${cause}")`);
  }
  if (error.code === 'ECONNRESET')
    return `('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))`;
  return names.unreachable(`${error.code ?? error.name}: ${error.message}`);
}

async function collect(response: IncomingMessage, progressed: () => void): Promise<string> {
  const pieces: Buffer[] = [];
  progressed();
  response.on('data', (piece: Buffer) => {
    progressed();
    pieces.push(piece);
  });
  await finished(response);
  return decoded(Buffer.concat(pieces), response.headers['content-encoding']).subarray(0, MAX_ANSWER_BYTES).toString();
}

function decoded(bytes: Buffer, encoding: string | undefined): Buffer {
  if (bytes.length === 0) return bytes;
  if (encoding === 'gzip') return gunzipSync(bytes);
  return encoding === 'deflate' ? inflateSync(bytes) : bytes;
}
