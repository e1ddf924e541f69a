import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import { ENDPOINTS } from '../../api/all-endpoints.ts';
import { API_PREFIX } from '../../api/endpoint.ts';
import { openApi } from '../../api/open-api.ts';
import { createTeller } from '../told/teller.ts';
import { withoutPlace } from '../told/without-place.ts';
import type { ApiParts } from './api-parts.ts';
import { createAuditLog } from './audit-log.ts';
import { addProblems, createServe } from './create-serve.ts';
import { wrongTokens } from './enter.ts';
import { fileSight } from './file-sight.ts';
import { createRefusals } from './refusals.ts';
import { serveAudit } from './resources/audit.ts';
import { serveDocuments } from './resources/documents.ts';
import { serveEvents } from './resources/events.ts';
import { serveFiles } from './resources/files.ts';
import { serveFrames } from './resources/frames.ts';
import { serveGallery } from './resources/gallery.ts';
import { serveHolds } from './resources/holds.ts';
import { serveIterations } from './resources/iterations.ts';
import { serveJobs } from './resources/jobs.ts';
import { serveLabels } from './resources/labels.ts';
import { serveLoops } from './resources/loops.ts';
import { serveModels } from './resources/models.ts';
import { serveNotes } from './resources/notes.ts';
import { serveNotices } from './resources/notices.ts';
import { serveRoots } from './resources/roots.ts';
import { serveSchedules } from './resources/schedules.ts';
import { serveSession } from './resources/session.ts';
import { serveStarting } from './resources/starting.ts';
import { serveSteering } from './resources/steering.ts';
import { serveSystem } from './resources/system.ts';
import { serveUploads } from './resources/uploads.ts';

const ROOT = '/api';

/** Documents that a request may send, in bytes; files are streamed and may be larger. */
const MAX_JSON_BYTES = 512 * 1024;

/** Everything below `/api`: the endpoints, each of a resource in a file of its own, and their description. */
export function addApi(app: FastifyInstance, parts: ApiParts): void {
  const unplaced = withoutPlace(parts.store.address);
  const document = JSON.stringify(openApi(ENDPOINTS, parts.version));
  const add = async (api: FastifyInstance): Promise<void> => {
    addProblems(api, { log: parts.log, unplaced });
    api.get('/openapi.json', async (_request, reply) => reply.type('application/json').send(document));
    await api.register(async (version) => addEndpoints(version, parts, unplaced), {
      prefix: API_PREFIX.slice(ROOT.length),
    });
  };
  // Before connections are closed, streams are ended.
  app.addHook('preClose', async () => parts.events.close());
  void app.register(add, { prefix: ROOT });
}

async function addEndpoints(
  app: FastifyInstance,
  parts: ApiParts,
  unplaced: ReturnType<typeof withoutPlace>,
): Promise<void> {
  await app.register(cookie);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: MAX_JSON_BYTES },
    (_request, body, done) => {
      try {
        done(null, body === '' ? undefined : JSON.parse(String(body)));
      } catch {
        done(Object.assign(new Error('no JSON'), { statusCode: 400 }));
      }
    },
  );
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
  const audit = createAuditLog(parts.store, parts.log);
  const publicOrigin = parts.publicUrl === null ? null : new URL(parts.publicUrl).origin;
  const { access, log, checksAnswers = false } = parts;
  const teller = createTeller(parts);
  const sight = fileSight(parts.store);
  const naming = { roots: parts.roots, sight };
  const refusals = createRefusals(audit, log);
  const entrance = { access, publicOrigin, wrongTokens: wrongTokens() };
  const serve = createServe(app, { ...entrance, audit, refusals, log, teller, sight, unplaced, checksAnswers });
  serveIterations(serve, parts);
  serveGallery(serve, parts);
  serveJobs(serve, parts);
  serveEvents(serve, parts, teller);
  serveStarting(serve, parts, naming);
  serveSteering(serve, parts);
  serveFrames(serve, parts);
  serveModels(serve, parts);
  serveLoops(serve, parts, naming);
  serveSchedules(serve, parts);
  serveNotices(serve, parts);
  serveNotes(serve, parts);
  serveFiles(serve, parts, sight);
  serveDocuments(serve, parts);
  serveLabels(serve, parts);
  serveUploads(serve, parts);
  serveRoots(serve, parts);
  serveSystem(serve, parts);
  serveHolds(serve, parts);
  serveAudit(serve, audit);
  serveSession(serve, parts);
}
