import Fastify, { type FastifyInstance } from 'fastify';
import { addHealthRoutes } from './health-routes.ts';
import { addWebhookRoute, type WebhookRouteOptions } from './webhook-route.ts';

/** A sender that dawdles is cut off, in milliseconds; CVAT itself sends at once. */
const REQUEST_TIMEOUT_MS = 10_000;

/** Nothing of ours is a page, to be framed, sniffed, cached or to load anything. */
const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

export interface AppOptions extends WebhookRouteOptions {
  /** Rejects if Temporal does not answer. */
  readonly temporalAnswers: () => Promise<unknown>;
}

/** The server's HTTP side; it listens nowhere yet. Bodies stay bytes, since signatures are over bytes. */
export function createApp(options: AppOptions): FastifyInstance {
  const app = Fastify({
    logger: false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: REQUEST_TIMEOUT_MS,
    // A proxy may keep connections open; the server still ends at once.
    forceCloseConnections: true,
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(SECURITY_HEADERS);
  });
  // Fastify's own answers name the path that was asked for and the error's text.
  app.setNotFoundHandler(async (_request, reply) => reply.code(404).send());
  app.setErrorHandler(async (error, _request, reply) => reply.code(statusOf(error)).send());
  addHealthRoutes(app, options.temporalAnswers);
  addWebhookRoute(app, options);
  return app;
}

/** A request's own fault keeps its status; everything else is ours. */
function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500 ? status : 500;
}
