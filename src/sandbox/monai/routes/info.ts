import type { FastifyInstance } from 'fastify';
import { SCORINGS } from '../scoring/run-scoring.ts';
import type { MonaiState } from '../state.ts';
import { STRATEGIES } from '../strategies/pick-sample.ts';
import { TRAINER_CONFIG } from '../training/settings.ts';
import { on } from './on.ts';

/** What the server offers and how far its trainings are. */
export function addInfoRoutes(app: FastifyInstance, state: MonaiState): void {
  const { texts, tracks } = state.switches;
  const config = { ...TRAINER_CONFIG, tracking: tracks ? ['mlflow', 'None'] : ['None', 'mlflow'] };
  on(app, 'GET /info/', async () => ({
    name: texts.name,
    description: texts.description,
    version: '1.0',
    labels: [...new Set([...state.models.values()].flatMap((labels) => Object.keys(labels)))],
    models: forEachModel(state, (labels) => ({
      type: 'segmentation',
      labels,
      dimension: 2,
      description: texts.model,
      config: { device: ['cpu'] },
    })),
    trainers: forEachModel(state, (labels) => ({
      description: texts.trainer,
      config,
      labels: Object.keys(labels),
    })),
    strategies: Object.fromEntries(
      Object.entries(STRATEGIES).map(([name, { description }]) => [name, { description }]),
    ),
    scoring: Object.fromEntries(
      Object.keys(SCORINGS).map((name) => [name, { description: describeScoring(name, texts.model) }]),
    ),
    train_stats: forEachModel(state, (_, model) => state.published.trainStats(model)),
    datastore: state.datastore.stats(),
  }));
}

function describeScoring(name: string, model: string): string {
  if (name === 'dice') return 'Compute Dice for predicated label vs submitted';
  return `Compute initial score based on dropout - ${model}`;
}

function forEachModel<T>(
  state: MonaiState,
  describe: (labels: Readonly<Record<string, number>>, model: string) => T,
): Record<string, T> {
  return Object.fromEntries([...state.models].map(([model, labels]) => [model, describe(labels, model)]));
}
