import { loadWorkerConfig } from '../../config.ts';
import { readText, type Env } from '../../config/variables.ts';
import { connectionClients } from '../../worker/connections.ts';
import { look, reasonOf } from './seen.ts';
import type { CvatSurvey, ModelSurvey, Seen, ServerSurvey, TrainerSurvey } from './survey.ts';

type Connected = ReturnType<ReturnType<typeof connectionClients>['connect']>;

export interface SurveyRequest {
  readonly env: Env;
  readonly connection: string;
  /** Null for the only one that there is. */
  readonly project: string | null;
}

/** More models than these are not looked at closely. */
const MOST_MODELS = 20;

/** Looks at CVAT and at what trains beside it, from here and without a worker; writes nothing and throws nothing. */
export async function surveyServers(request: SurveyRequest): Promise<ServerSurvey> {
  const clients = connect(request);
  if ('missing' in clients) return { cvat: clients, trainer: clients };
  const { cvat, monai, trainer } = clients.found;
  const [ofCvat, ofTrainer] = await Promise.all([
    look('CVAT', (signal) => surveyCvat(cvat, request.project, signal)),
    trainer === null
      ? { missing: 'MONAI_LABEL_URL is not set here' }
      : look('the trainer', (signal) => surveyTrainer(trainer, monai, signal)),
  ]);
  return { cvat: ofCvat, trainer: ofTrainer };
}

function connect({ env, connection }: SurveyRequest): Seen<Connected> {
  if (readText(env, 'CVAT_URL') === null && readText(env, 'MASKLOOP_CONNECTIONS') === null) {
    return { missing: 'CVAT_URL is not set here' };
  }
  try {
    return { found: connectionClients(loadWorkerConfig(env).connections).connect(connection) };
  } catch (error) {
    return { missing: reasonOf(error) };
  }
}

async function surveyCvat(cvat: Connected['cvat'], wanted: string | null, signal: AbortSignal): Promise<CvatSurvey> {
  const [projects, people] = await Promise.all([cvat.projects(signal), cvat.people(signal)]);
  const names = projects.map(({ name }) => name);
  const [only, ...others] = projects;
  const meant = wanted === null ? (others.length === 0 ? only : undefined) : await cvat.findProject(wanted, signal);
  const survey = { url: cvat.url, projects: names, people: people.map(({ username }) => username) };
  if (meant == null) return { ...survey, project: null };
  const [labels, tasks] = await Promise.all([
    cvat.projectLabels(meant.id, signal),
    cvat.projectTasks(meant.id, signal),
  ]);
  const own = labels.filter(({ parentId }) => parentId === undefined);
  return { ...survey, project: { name: meant.name, labels: own.map(({ name }) => name), tasks } };
}

async function surveyTrainer(
  trainer: NonNullable<Connected['trainer']>,
  monai: Connected['monai'],
  signal: AbortSignal,
): Promise<TrainerSurvey> {
  const { models, trainable } = await trainer.info(signal);
  const [looked, strategies, stats] = await Promise.all([
    Promise.all(
      trainable.slice(0, MOST_MODELS).map(async (name): Promise<ModelSurvey> => {
        const indices = Object.entries(models[name]?.labels ?? {});
        // Index 0 is the background.
        const labels = indices.flatMap(([label, index]) => (index > 0 ? [label] : []));
        return { name, labels, isPublished: (await trainer.publishedModel(name, signal)) !== null };
      }),
    ),
    monai === null ? [] : monai.info(signal).then((info) => info.strategies),
    monai === null ? null : monai.datastoreStats(signal),
  ]);
  const unlabelled = stats === null ? null : stats.total - stats.completed;
  return { place: trainer.address, models: looked, strategies, unlabelled };
}
