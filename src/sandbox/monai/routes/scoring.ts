import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { readJsonObject } from '../answers/json-object.ts';
import type { MonaiState } from '../state.ts';
import { on } from './on.ts';
import { addTaskRoutes, submitTask } from './tasks.ts';

const methodParams = z.object({ method: z.string() });

/** Submitting, watching and killing what gives images scores. */
export function addScoringRoutes(app: FastifyInstance, state: MonaiState): void {
  on(app, 'POST /scoring/:method', async (request) => {
    const { method } = methodParams.parse(request.params);
    return submitTask(state, 'scoring', request, { method, ...readJsonObject(request) });
  });
  addTaskRoutes(app, state, 'scoring', '/scoring/');
}
