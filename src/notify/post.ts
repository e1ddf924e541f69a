import { request as plain, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as encrypted } from 'node:https';
import { refused, unknown, type Outcome } from './outcome.ts';

/** Time for the whole exchange, in milliseconds. */
export const SEND_TIMEOUT_MS = 15_000;

/** Of an answer that refuses, so many characters are told. */
const MOST_REASON = 200;

interface Posted {
  /** http or https; may be a secret, and is told nobody. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  /** In milliseconds; {@link SEND_TIMEOUT_MS} if left out. */
  readonly timeoutMs?: number;
}

/** The short beginning of an answer, on one line. */
async function beginning(answer: IncomingMessage): Promise<string> {
  let text = '';
  try {
    answer.setEncoding('utf8');
    for await (const chunk of answer) {
      text += String(chunk);
      if (text.length > MOST_REASON) break;
    }
  } catch {
    // The status is answer enough.
  }
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, MOST_REASON);
}

/** Milliseconds out of `Retry-After` in seconds; nothing for anything else. */
function retryAfter(answer: IncomingMessage): number | undefined {
  const { 'retry-after': value } = answer.headers;
  return value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) * 1000 : undefined;
}

async function outcomeOf(answer: IncomingMessage): Promise<Outcome> {
  const { statusCode = 0 } = answer;
  if (statusCode >= 200 && statusCode < 300) {
    answer.destroy();
    return { kind: 'acknowledged' };
  }
  const text = await beginning(answer);
  answer.destroy();
  return refused(`it answered ${statusCode}${text === '' ? '' : `: ${text}`}`, retryAfter(answer));
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : 'no answer';
}

/**
 * Posts one body on a connection of its own. A redirect is not followed and counts as refused, as does every other answer
 * that is not 2xx; so does a connection that does not come about. Whatever breaks after that is unknown.
 */
export async function post({ url, headers, body, signal, timeoutMs = SEND_TIMEOUT_MS }: Posted): Promise<Outcome> {
  if (signal.aborted) return refused('it was interrupted before it was sent');
  const isEncrypted = url.startsWith('https:');
  const bytes = Buffer.from(body);
  const options: RequestOptions = {
    method: 'POST',
    agent: false,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    headers: { ...headers, 'Content-Length': String(bytes.byteLength) },
  };
  return new Promise<Outcome>((resolve) => {
    let isConnected = false;
    let sending: ClientRequest;
    try {
      sending = (isEncrypted ? encrypted : plain)(url, options, (answer) => resolve(outcomeOf(answer)));
    } catch {
      // What Node says of an address quotes it.
      resolve(refused('its address cannot be used'));
      return;
    }
    sending.on('socket', (socket) => {
      socket.once(isEncrypted ? 'secureConnect' : 'connect', () => {
        isConnected = true;
      });
    });
    sending.on('error', (error) => {
      const code = codeOf(error);
      if (!isConnected) resolve(refused(`no connection came about (${code})`));
      else resolve(unknown(`the connection broke before an answer came (${code})`));
    });
    sending.end(bytes);
  });
}
