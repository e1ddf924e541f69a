import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { addApi } from './api/add-api.ts';
import type { ApiParts } from './api/api-parts.ts';
import { addHealthRoutes } from './health-routes.ts';
import { addPages, answerPage } from './pages/add-pages.ts';
import { addWebhookRoute, type WebhookRouteOptions } from './webhook-route.ts';

/** A sender that dawdles is cut off, in milliseconds; CVAT itself sends at once. */
const REQUEST_TIMEOUT_MS = 10_000;

/** A file that is uploaded may take longer, in milliseconds, as long as something comes. */
const UPLOAD_TIMEOUT_MS = 15 * 60_000;

const UPLOAD_TYPE = 'application/octet-stream';

/** Ids have up to 1,000 bytes, each up to nine when it is encoded twice. */
const LONGEST_PARAMETER = 9000;

/** Nothing but the pages, which say so themselves, loads anything or may be cached; nothing may be framed or sniffed. */
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
  /** Null serves webhooks alone. */
  readonly api: ApiParts | null;
  /** Folder of the built pages; null where there is none, undefined serves no page at all. */
  readonly pages?: string | null;
  /** Proxies whose word for the address of a caller is taken. */
  readonly trustedProxies?: readonly string[];
}

/** The server's HTTP side; it listens nowhere yet. Bodies stay bytes, since signatures are over bytes. */
export function createApp(options: AppOptions): FastifyInstance {
  const { trustedProxies = [], api, pages } = options;
  const app = Fastify({
    logger: false,
    requestTimeout: UPLOAD_TIMEOUT_MS,
    http: { headersTimeout: REQUEST_TIMEOUT_MS },
    connectionTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    // A proxy may keep connections open; the server still ends at once.
    forceCloseConnections: true,
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    cutOffDawdlers(request, reply);
  });
  // Fastify's own answers name the path that was asked for and the error's text.
  app.setNotFoundHandler(async (request, reply) =>
    pages === undefined ? reply.code(404).send() : answerPage(request, reply, pages),
  );
  app.setErrorHandler(async (error, _request, reply) => reply.code(statusOf(error)).send());
  addHealthRoutes(app, options.temporalAnswers);
  addWebhookRoute(app, options);
  if (api !== null) addApi(app, api);
  if (pages !== undefined) addPages(app, pages);
  return app;
}

function cutOffDawdlers({ raw, headers }: FastifyRequest, reply: FastifyReply): void {
  if (raw.complete || headers['content-type'] === UPLOAD_TYPE) return;
  const timer = setTimeout(() => {
    if (!raw.complete) raw.destroy();
  }, REQUEST_TIMEOUT_MS);
  reply.raw.once('close', () => clearTimeout(timer));
}

/** A request's own fault keeps its status; everything else is ours. */
function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500 ? status : 500;
}
