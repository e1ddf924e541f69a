import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pagePolicy } from './page-policy.ts';

/** Below these no page is ever meant. */
const NO_PAGES = /^\/(api|webhooks|assets|healthz|readyz|metrics)(\/|$|\?)/;

/** What index.html has in the place of the nonce. */
const NONCE = 'CSP_NONCE';

const NOT_BUILT = `The pages of this server are not built, so there is nothing to show here. The API and the webhooks work.

To have the pages: npm run build, and start the server again.
`;

/**
 * Serves the files of the pages. Their names hold a hash of their content, so that browsers keep them for ever.
 *
 * @param folder what the build made; null serves none
 */
export function addPages(app: FastifyInstance, folder: string | null): void {
  if (folder === null) return;
  void app.register(fastifyStatic, {
    root: path.join(folder, 'assets'),
    prefix: '/assets/',
    index: false,
    decorateReply: false,
    wildcard: true,
    immutable: true,
    maxAge: '365d',
    setHeaders: (reply) => void reply.setHeader('cache-control', 'public, max-age=31536000, immutable'),
  });
}

/**
 * Answers what no route has taken: every address that is not of the API, a webhook or a file with the one document of the pages, which decides
 * what to show and is asked for each time.
 *
 * @param folder what the build made; null or without index.html answers with a plain text
 */
export async function answerPage(
  { method, url }: FastifyRequest,
  reply: FastifyReply,
  folder: string | null,
): Promise<FastifyReply> {
  const isPage = (method === 'GET' || method === 'HEAD') && !NO_PAGES.test(url);
  return isPage ? sendPage(reply, folder === null ? null : path.join(folder, 'index.html')) : reply.code(404).send();
}

async function sendPage(reply: FastifyReply, index: string | null): Promise<FastifyReply> {
  const document = index === null ? null : await readFile(index, 'utf8').catch(() => null);
  if (document === null) return reply.code(404).type('text/plain; charset=utf-8').send(NOT_BUILT);
  const nonce = randomBytes(16).toString('base64');
  void reply.header('content-security-policy', pagePolicy(nonce));
  void reply.header('cache-control', 'no-cache');
  return reply.code(200).type('text/html; charset=utf-8').send(document.replace(NONCE, nonce));
}
