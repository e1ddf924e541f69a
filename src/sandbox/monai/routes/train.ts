import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { readJsonObject } from '../answers/json-object.ts';
import type { MonaiState } from '../state.ts';
import { on } from './on.ts';
import { addTaskRoutes, submitTask } from './tasks.ts';

const modelParams = z.object({ model: z.string() });

/** Submitting, watching and killing trainings. */
export function addTrainRoutes(app: FastifyInstance, state: MonaiState): void {
  on(app, 'POST /train/:model', async (request) => {
    const { model } = modelParams.parse(request.params);
    return submitTask(state, 'train', request, { model, ...readJsonObject(request) });
  });
  addTaskRoutes(app, state, 'train', '/train/');
}
