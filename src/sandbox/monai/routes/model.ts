import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { readForm } from '../answers/form.ts';
import { refuse } from '../answers/http-answer.ts';
import { sendFile } from '../answers/send-file.ts';
import type { MonaiState } from '../state.ts';
import { on } from './on.ts';

const modelParams = z.object({ model: z.string() });

/** The published model files. */
export function addModelRoutes(app: FastifyInstance, { models, published }: MonaiState): void {
  on(app, 'GET /model/info/:model', async (request) => {
    const { model } = modelParams.parse(request.params);
    const facts = models.has(model) ? published.describe(model) : null;
    if (facts === null) throw refuse(404, `Model File NOT Found for ${model}`);
    return { ...facts, train_stats: published.trainStats(model) };
  });

  on(app, 'GET /model/:model', async (request, reply) => {
    const { model } = modelParams.parse(request.params);
    if (!models.has(model) || published.describe(model) === null) {
      throw refuse(404, `Model File NOT Found for ${model}`);
    }
    return sendFile(reply, published.path(model));
  });

  // Any bytes are taken; whether they are a model shows at the next inference.
  on(app, 'PUT /model/:model', async (request) => {
    const { model } = modelParams.parse(request.params);
    const { bytes } = (await readForm(request)).file('file');
    if (!models.has(model)) throw refuse(500, `Model File Name NOT configured for ${model}`);
    published.write(published.path(model), bytes);
    return published.describe(model);
  });

  on(app, 'DELETE /model/:model', async (request) => {
    const { model } = modelParams.parse(request.params);
    if (!models.has(model) || !published.remove(model)) throw refuse(404, `Model File NOT Found for ${model}`);
    return {};
  });
}
