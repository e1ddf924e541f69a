import { setTimeout as sleep } from 'node:timers/promises';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { Http, HttpAnswer } from '../http/http.ts';

/** Tries in a row that bring nothing. */
const TRIES = 4;
const FIRST_PAUSE_MS = 200;

/** Where the pieces go. */
interface Target {
  write(piece: Uint8Array, offset: number, length: number, position: number): Promise<unknown>;
}

interface Progress {
  have: number;
  /** The server's name for this version of the file; null if it has none. */
  tag: string | null;
}

/**
 * Fetches a file piece by piece. Where the connection breaks the rest is asked for by Range; a server that knows no ranges,
 * or has another file meanwhile, sends everything again. Returns the size in bytes.
 *
 * @throws MaskloopError `ArchiveRefused` beyond `maxBytes`, `CvatUnexpectedAnswer` for a range that was not asked for
 */
export async function download(
  http: Http,
  path: string,
  target: Target,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal?: AbortSignal | undefined },
): Promise<number> {
  const progress: Progress = { have: 0, tag: null };
  for (let failures = 0; ;) {
    const before = progress.have;
    try {
      await fetchRest(http, path, target, { progress, maxBytes, signal });
      return progress.have;
    } catch (error) {
      const tooShort = isMaskloopError(error, 'CvatRejected') && error.facts['status'] === 416;
      if (!tooShort && !isMaskloopError(error, 'CvatUnreachable')) throw error;
      if (tooShort) progress.have = 0;
      failures = progress.have > before ? 1 : failures + 1;
      if (failures >= TRIES) throw error;
      await sleep(FIRST_PAUSE_MS * 2 ** failures, undefined, signal === undefined ? {} : { signal });
    }
  }
}

interface Rest {
  readonly progress: Progress;
  readonly maxBytes: number;
  readonly signal: AbortSignal | undefined;
}

async function fetchRest(http: Http, path: string, target: Target, rest: Rest): Promise<void> {
  const { progress, maxBytes, signal } = rest;
  const from = progress.have;
  let begun = false;
  const into = async (piece: Uint8Array, head: Pick<HttpAnswer, 'headers' | 'status'>): Promise<void> => {
    if (!begun) progress.have = beginOf(head, from, path);
    begun = true;
    progress.tag = head.headers['etag'] ?? null;
    if (progress.have + piece.length > maxBytes) throw tooLarge(path, maxBytes);
    await target.write(piece, 0, piece.length, progress.have);
    progress.have += piece.length;
  };
  const ifSame = progress.tag === null ? {} : { 'if-range': progress.tag };
  const range = from === 0 ? {} : { range: `bytes=${from}-`, ...ifSame };
  await http.send({ method: 'GET', path, headers: { 'accept-encoding': 'identity', ...range }, into, signal });
}

/** Where in the file the body of an answer begins. */
function beginOf({ status, headers }: Pick<HttpAnswer, 'headers' | 'status'>, from: number, path: string): number {
  if (status !== 206) return 0;
  const given = /^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1];
  if (given !== undefined && Number(given) === from) return from;
  const address = path.replace(/\?.*$/s, '');
  throw new MaskloopError('CvatUnexpectedAnswer', `GET ${address} sent another part of the file than was asked for`, {
    facts: { path: address, asked: from, given: given ?? null },
  });
}

function tooLarge(path: string, maxBytes: number): MaskloopError {
  const address = path.replace(/\?.*$/s, '');
  return new MaskloopError('ArchiveRefused', `GET ${address} sends more than ${maxBytes} bytes`, {
    facts: { path: address, maxBytes },
  });
}
