import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { readJsonObject } from '../answers/json-object.ts';
import { readQuery } from '../answers/query.ts';
import { BATCH_INFER_DEFAULTS } from '../batch-infer/run-batch-infer.ts';
import type { MonaiState } from '../state.ts';
import { on } from './on.ts';
import { addTaskRoutes, submitTask } from './tasks.ts';

const modelParams = z.object({ model: z.string() });

/** Submitting, watching and killing predictions of many images. */
export function addBatchInferRoutes(app: FastifyInstance, state: MonaiState): void {
  on(app, 'POST /batch/infer/:model', async (request) => {
    const { model } = modelParams.parse(request.params);
    const images = readQuery(request).oneOf('images', ['all', 'labeled', 'unlabeled'], 'all');
    const params = readJsonObject(request) ?? BATCH_INFER_DEFAULTS;
    return submitTask(state, 'batch_infer', request, { model, images, ...params });
  });
  addTaskRoutes(app, state, 'batch_infer', '/batch/infer');
}
