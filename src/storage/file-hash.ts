import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/**
 * Lower-case hex SHA-256 of a file's content, read as a stream.
 *
 * @throws the system's error; the signal's reason if aborted
 */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const chunks: AsyncIterable<Uint8Array> = createReadStream(path, { highWaterMark: 256 * 1024 });
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    hash.update(chunk);
  }
  return hash.digest('hex');
}

/** Lower-case hex SHA-256 of bytes, or of a text in UTF-8. */
export function hashBytes(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
