import { setTimeout as sleep } from 'node:timers/promises';
import { isMaskloopError, type MaskloopError } from '../contracts/error.ts';
import type { Http, HttpAnswer } from '../http/http.ts';
import { contentFailure } from '../http/answer-failure.ts';
import { rebased } from './api.ts';
import type { UploadContent, UploadOptions } from './upload-file.ts';

/** What the official client sends at once; each chunk is confirmed by the server. */
const CHUNK_BYTES = 10 * 1024 * 1024;
/** Tries for one chunk, and for one whole upload that the server has lost. */
const TRIES = 3;
const FIRST_PAUSE_MS = 200;
const VERSION = { 'tus-resumable': '1.0.0' };

export interface TusTarget {
  /** Where uploads are created, with the trailing slash that CVAT needs here. */
  readonly path: string;
  readonly fileName: string;
  readonly chunkBytes?: number;
}

/** An upload that the server does not know, or no longer. */
export interface LostUpload {
  readonly error: MaskloopError;
  /** True if its last byte was sent, so that it may have arrived whole. */
  readonly sentWhole: boolean;
}

/**
 * Uploads bytes by TUS 1.0.0 as CVAT speaks it and returns the `Upload-Filename` that CVAT gave them.
 *
 * Own code instead of a TUS library, because CVAT differs where it matters: it needs an Origin, writes a Location that
 * may name another host, forgets an upload with its last byte (so HEAD is then 404), and joins in our login and timeouts.
 * After any error the server's offset is asked for. An upload that the server no longer knows begins anew, even if its
 * last byte may have arrived: nobody could tell, and an incomplete upload must never be finished.
 */
export async function tusUpload(
  http: Http,
  target: TusTarget,
  bytes: Uint8Array | UploadContent,
  options: UploadOptions = {},
): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const { location, fileName } = await createTusUpload(http, target, bytes.length, options.signal);
    const lost = await sendByTus(http, location, { bytes, chunkBytes: target.chunkBytes ?? CHUNK_BYTES }, options);
    if (lost === null) return fileName;
    if (tries === TRIES) throw lost.error;
  }
}

/**
 * Announces an upload.
 *
 * @param length in bytes, at least 1
 * @returns where its bytes go, and the name that CVAT gives it
 */
export async function createTusUpload(
  http: Http,
  target: Pick<TusTarget, 'path' | 'fileName'>,
  length: number,
  signal: AbortSignal | undefined,
): Promise<{ location: string; fileName: string }> {
  const answer = await http.send({
    method: 'POST',
    path: target.path,
    headers: {
      ...VERSION,
      // Without it CVAT cannot build the Location when no proxy stands before it.
      origin: new URL(http.baseUrl).origin,
      'upload-length': String(length),
      'upload-metadata': `filename ${Buffer.from(target.fileName).toString('base64')}`,
    },
    signal,
  });
  const location = answer.headers['location'];
  const fileName = answer.headers['upload-filename'];
  if (location === undefined || fileName === undefined) {
    throw contentFailure(answer, 'CvatUnexpectedAnswer', 'no Location or no Upload-Filename');
  }
  return { location: rebased(location), fileName };
}

/**
 * Sends chunk after chunk, from an offset that the server has told.
 *
 * @returns null when the server has all bytes; how it was lost when the server knows the upload no more
 */
export async function sendByTus(
  http: Http,
  path: string,
  from: { bytes: Uint8Array | UploadContent; chunkBytes?: number; offset?: number },
  { signal, onProgress }: UploadOptions,
): Promise<LostUpload | null> {
  const { bytes, chunkBytes = CHUNK_BYTES } = from;
  let offset = from.offset ?? 0;
  let failures = 0;
  while (offset < bytes.length) {
    const end = Math.min(offset + chunkBytes, bytes.length);
    const chunk = 'read' in bytes ? await bytes.read(offset, end) : bytes.subarray(offset, end);
    try {
      offset = await sendChunk(http, path, { chunk, offset }, signal);
      failures = 0;
      onProgress?.({ files: offset === bytes.length ? 1 : 0, bytes: offset });
    } catch (error) {
      if (!isMaskloopError(error)) throw error;
      const sentWhole = end === bytes.length;
      if (error.facts['status'] === 404) return { error, sentWhole: false };
      failures += 1;
      if (failures === TRIES || !canResume(error)) throw error;
      await sleep(error.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** failures, undefined, { signal }).catch(() => {
        throw signal?.reason;
      });
      const known = await tusOffset(http, path, bytes.length, signal);
      if (known === null) return { error, sentWhole };
      if (known > offset) failures = 0;
      offset = known;
    }
  }
  return null;
}

/** A wrong offset (409) and everything that passes by itself. */
function canResume(error: MaskloopError): boolean {
  return error.code === 'CvatUnreachable' || error.facts['status'] === 409;
}

async function sendChunk(
  http: Http,
  path: string,
  { chunk, offset }: { chunk: Uint8Array; offset: number },
  signal: AbortSignal | undefined,
): Promise<number> {
  const headers = { ...VERSION, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) };
  const answer = await http.send({ method: 'PATCH', path, headers, bytes: chunk, signal });
  return offsetOf(answer, offset + 1, offset + chunk.length);
}

/** The server's offset; null if it does not know the upload, which it forgets with its last byte. */
export async function tusOffset(
  http: Http,
  path: string,
  length: number,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  const answer = await http.send({ method: 'HEAD', path, headers: VERSION, allow: [404], signal });
  return answer.status === 404 ? null : offsetOf(answer, 0, length);
}

function offsetOf(answer: HttpAnswer, least: number, most: number): number {
  const text = answer.headers['upload-offset'] ?? '';
  const offset = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (offset >= least && offset <= most) return offset;
  throw contentFailure(answer, 'CvatUnexpectedAnswer', `Upload-Offset "${text}", expected ${least} to ${most}`);
}
