import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import type { FailureCode } from '../contracts/failures.ts';
import { contentFailure } from './answer-failure.ts';
import { answerText } from './answer-text.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';

const unzip = promisify(gunzip);

/** Reads an answer to its end and undoes gzip. The answer's `json` throws `unexpected` for a body that is no JSON. */
export async function readAnswer(
  { statusCode, headers, body }: Pick<Dispatcher.ResponseData, 'statusCode' | 'headers' | 'body'>,
  { method, path, into }: HttpRequest,
  unexpected: FailureCode,
): Promise<HttpAnswer> {
  const raw =
    into === undefined || statusCode < 200 || statusCode > 299
      ? await body.bytes()
      : await passOn(body, (piece) => into(piece, { status: statusCode, headers: joined(headers) }));
  const zipped = headers['content-encoding'] === 'gzip' && raw.length > 0;
  const answer: HttpAnswer = {
    method,
    path: path.replace(/\?.*$/s, ''),
    status: statusCode,
    headers: joined(headers),
    bytes: zipped ? await unzip(raw) : raw,
    text: () => new TextDecoder().decode(answer.bytes),
    json() {
      try {
        return JSON.parse(answer.text()) as unknown;
      } catch {
        throw contentFailure(answer, unexpected, `a body that is not JSON: ${answerText(answer.text())}`);
      }
    },
  };
  return answer;
}

async function passOn(
  body: AsyncIterable<Uint8Array>,
  into: (piece: Uint8Array) => Promise<void>,
): Promise<Uint8Array> {
  for await (const piece of body) await into(piece);
  return new Uint8Array();
}

function joined(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const pairs = Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat().join(', ')] as const);
  return Object.fromEntries(pairs);
}
