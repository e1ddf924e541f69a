import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { splitTarget, type RequestLog, type UploadPhase } from '../request-log.ts';
import { page } from './answers/answer.ts';
import { annotationRoutes } from './routes/annotations.ts';
import { commentRoutes } from './routes/comments.ts';
import { exportRoutes } from './routes/exports.ts';
import { issueRoutes } from './routes/issues.ts';
import { previewRoutes } from './routes/previews.ts';
import { authRoutes } from './routes/auth.ts';
import type { Cvat } from './routes/call.ts';
import { invitationRoutes } from './routes/invitations.ts';
import { jobRoutes } from './routes/jobs.ts';
import { labelRoutes } from './routes/labels.ts';
import { membershipRoutes } from './routes/memberships.ts';
import { organizationRoutes } from './routes/organizations.ts';
import { projectRoutes } from './routes/projects.ts';
import { requestRoutes } from './routes/requests.ts';
import { registrar } from './routes/resource.ts';
import { serverRoutes } from './routes/server.ts';
import { taskDataRoutes } from './routes/task-data.ts';
import { taskRoutes } from './routes/tasks.ts';
import { userRoutes } from './routes/users.ts';
import { webhookRoutes } from './routes/webhooks.ts';

/** What a proxy in front of CVAT lets through in one request, in bytes. */
const MAX_BODY_BYTES = 2 ** 30;
/** Django leaves shorter answers as they are. */
const MIN_GZIP_BYTES = 200;

const compress = promisify(gzip);

/** The HTTP side of a stand-in CVAT; it does not listen yet. */
export async function createApp(cvat: Cvat, log: RequestLog): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 1000 },
  });
  app.removeAllContentTypeParsers();
  await app.register(multipart, {
    limits: { fileSize: MAX_BODY_BYTES, files: 100_000, parts: 200_000, fields: 100_000 },
  });
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setNotFoundHandler((_request, reply) => sendPage(reply, 404));
  app.setErrorHandler((_error, _request, reply) => sendPage(reply, 500));
  app.addHook('onSend', async (request, reply, payload) => finish(request, reply, payload, log));
  const register = registrar(app, cvat);
  for (const routes of [
    serverRoutes,
    authRoutes,
    userRoutes,
    organizationRoutes,
    membershipRoutes,
    invitationRoutes,
    webhookRoutes,
    projectRoutes,
    labelRoutes,
    taskRoutes,
    taskDataRoutes,
    annotationRoutes,
    jobRoutes,
    issueRoutes,
    commentRoutes,
    exportRoutes,
    previewRoutes,
    requestRoutes,
  ]) {
    routes(register);
  }
  return app;
}

function sendPage(reply: FastifyReply, status: 404 | 500): void {
  const { contentType, body } = page(status);
  reply.code(status).header('content-type', contentType).send(body);
}

/** Adds the headers that all answers share, compresses long ones, and notes the request before the answer leaves. */
async function finish(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  log: RequestLog,
): Promise<unknown> {
  reply.headers({
    'x-request-id': randomUUID(),
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    vary: 'Accept, Origin, Cookie',
  });
  record(request, reply, log);
  const isBody = typeof payload === 'string' || Buffer.isBuffer(payload);
  if (!isBody || Buffer.byteLength(payload) < MIN_GZIP_BYTES || !acceptsGzip(request)) return payload;
  reply.headers({ 'content-encoding': 'gzip', vary: 'Accept, Accept-Encoding, Origin, Cookie' });
  return compress(payload);
}

function acceptsGzip(request: FastifyRequest): boolean {
  return /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
}

function record(request: FastifyRequest, reply: FastifyReply, log: RequestLog): void {
  const uploadPhase = (['start', 'multiple', 'finish'] as const satisfies UploadPhase[]).find(
    (phase) => `upload-${phase}` in request.headers,
  );
  log.record({
    at: new Date().toISOString(),
    server: 'cvat',
    method: request.method,
    ...splitTarget(request.raw.url ?? '/'),
    status: reply.statusCode,
    ...(uploadPhase === undefined ? {} : { uploadPhase }),
  });
}
