import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance } from 'fastify';
import type { RequestLog } from '../request-log.ts';
import { addServerHabits } from './answers/server-habits.ts';
import { answerUnmatched } from './answers/unmatched.ts';
import { addAuth, addAuthRoutes } from './routes/auth.ts';
import { addBatchInferRoutes } from './routes/batch-infer.ts';
import { addDatasetRoutes } from './routes/dataset.ts';
import { addImageRoutes } from './routes/images.ts';
import { addInferRoutes } from './routes/infer.ts';
import { addInfoRoutes } from './routes/info.ts';
import { addLabelRoutes } from './routes/labels.ts';
import { addLogRoutes } from './routes/logs.ts';
import { addModelRoutes } from './routes/model.ts';
import { addOpenApiRoutes } from './routes/openapi.ts';
import { addScoringRoutes } from './routes/scoring.ts';
import { addSessionRoutes } from './routes/sessions.ts';
import { addStrategyRoutes } from './routes/strategies.ts';
import { addTrainRoutes } from './routes/train.ts';
import type { MonaiState } from './state.ts';

const MAX_BODY_BYTES = 64 * 1024 * 1024;

const ROUTES: readonly ((app: FastifyInstance, state: MonaiState) => void)[] = [
  addInfoRoutes,
  addImageRoutes,
  addLabelRoutes,
  addDatasetRoutes,
  addTrainRoutes,
  addScoringRoutes,
  addBatchInferRoutes,
  addStrategyRoutes,
  addModelRoutes,
  addInferRoutes,
  addSessionRoutes,
  addLogRoutes,
  addOpenApiRoutes,
  addAuthRoutes,
];

/** All routes of the stand-in over what one life of the server knows. */
export async function createApp(state: MonaiState, log: RequestLog): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    // As uvicorn: an idle connection is closed after 5 s.
    keepAliveTimeout: 5000,
    routerOptions: { maxParamLength: 1000 },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  await app.register(multipart, { limits: { fileSize: MAX_BODY_BYTES, fieldSize: MAX_BODY_BYTES } });
  addServerHabits(app, log, state.gate);
  if (state.switches.auth !== null) addAuth(app, state.switches.auth);
  answerUnmatched(app);
  for (const addRoutes of ROUTES) addRoutes(app, state);
  return app;
}
