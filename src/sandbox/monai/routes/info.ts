import type { FastifyInstance } from 'fastify';
import type { MonaiState } from '../state.ts';
import { on } from './on.ts';
import { TRAINER_CONFIG } from '../training/settings.ts';

/** What the server offers and how far its trainings are. */
export function addInfoRoutes(app: FastifyInstance, state: MonaiState): void {
  on(app, 'GET /info/', async () => ({
    name: 'Sandbox segmentation',
    description: 'Stand-in with a small pixel classifier',
    version: '1.0',
    labels: [...new Set([...state.models.values()].flatMap((labels) => Object.keys(labels)))],
    models: forEachModel(state, (labels) => ({
      type: 'segmentation',
      labels,
      dimension: 2,
      description: 'Segments PNG images pixel by pixel',
      config: { device: ['cpu'] },
    })),
    trainers: forEachModel(state, (labels) => ({
      description: 'Trains the pixel classifier',
      config: TRAINER_CONFIG,
      labels: Object.keys(labels),
    })),
    strategies: {},
    scoring: {},
    train_stats: forEachModel(state, (_, model) => state.trainStats.get(model) ?? {}),
    datastore: state.datastore.stats(),
  }));
}

function forEachModel<T>(
  state: MonaiState,
  describe: (labels: Readonly<Record<string, number>>, model: string) => T,
): Record<string, T> {
  return Object.fromEntries([...state.models].map(([model, labels]) => [model, describe(labels, model)]));
}
