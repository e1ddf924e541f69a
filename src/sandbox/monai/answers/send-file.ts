import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { FastifyReply } from 'fastify';

const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.txt': 'text/plain; charset=utf-8',
  // What Python's mimetypes make of a PyTorch file.
  '.pt': 'application/vnd.snesdev-page-table',
};

/** Sends a file as a download with the headers that the server gives it. */
export async function sendFile(
  reply: FastifyReply,
  path: string,
  name: string = basename(path),
): Promise<FastifyReply> {
  const [bytes, facts] = await Promise.all([readFile(path), stat(path)]);
  const tag = createHash('md5')
    .update(`${facts.mtimeMs / 1000}-${facts.size}`)
    .digest('hex');
  return reply
    .header('content-type', TYPES[extname(name)] ?? 'text/plain; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('last-modified', facts.mtime.toUTCString())
    .header('etag', `"${tag}"`)
    .send(bytes);
}
