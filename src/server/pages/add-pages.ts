import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { pagePolicy } from './page-policy.ts';

/** Below these no page is ever meant. */
const NO_PAGES = /^\/(api|webhooks|assets|healthz|readyz|metrics)(\/|$|\?)/;

/** What index.html has in the place of the nonce. */
const NONCE = 'CSP_NONCE';

const NOT_BUILT = `The pages of this server are not built, so there is nothing to show here. The API and the webhooks work.

To have the pages: npm run build, and start the server again.
`;

/**
 * Serves the pages. Files whose names hold a hash of their content are kept by browsers for ever; the one document that names them is asked
 * for each time. Every address that is not of the API, a webhook or a file answers with that document: the page decides what to show.
 *
 * @param folder what the build made; null or without index.html answers with a plain text
 */
export function addPages(app: FastifyInstance, folder: string | null): void {
  const index = folder === null ? null : path.join(folder, 'index.html');
  if (folder !== null) {
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
  app.route({
    method: 'GET',
    url: '/*',
    handler: async (request, reply) => {
      if (NO_PAGES.test(request.url)) return reply.code(404).send();
      return sendPage(reply, index);
    },
  });
}

async function sendPage(reply: FastifyReply, index: string | null): Promise<FastifyReply> {
  const document = index === null ? null : await readFile(index, 'utf8').catch(() => null);
  if (document === null) return reply.code(404).type('text/plain; charset=utf-8').send(NOT_BUILT);
  const nonce = randomBytes(16).toString('base64');
  void reply.header('content-security-policy', pagePolicy(nonce));
  void reply.header('cache-control', 'no-cache');
  return reply.type('text/html; charset=utf-8').send(document.replace(NONCE, nonce));
}
