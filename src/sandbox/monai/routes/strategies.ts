import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { createRandom } from '../../scenes/random.ts';
import { readJsonObject } from '../answers/json-object.ts';
import { epochSeconds } from '../python-time.ts';
import { scoreByItself } from '../score-by-itself.ts';
import type { MonaiState } from '../state.ts';
import { pickSample } from '../strategies/pick-sample.ts';
import { on } from './on.ts';

const strategyParams = z.object({ strategy: z.string() });

/** The next image to label; one a call. */
export function addStrategyRoutes(app: FastifyInstance, state: MonaiState): void {
  const random = createRandom(state.seed, 'strategies');
  on(app, 'POST /activelearning/:strategy', async (request) => {
    const { strategy } = strategyParams.parse(request.params);
    const clientId = readJsonObject(request)?.['client_id'] ?? 'admin';
    const now = epochSeconds(state.clock.now());
    const sample = pickSample(state.datastore, { strategy, clientId, now, random });
    scoreByItself(state);
    return sample;
  });
}
