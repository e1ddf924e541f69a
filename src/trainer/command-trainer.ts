import { createHash } from 'node:crypto';
import { basename, extname, join } from 'node:path';
import { MaskloopError } from '../contracts/error.ts';
import { claimRun } from './command/claim-run.ts';
import type { CommandSettings } from './command/command-settings.ts';
import { fileName, readOrNull, removeFile, writeWhole } from './command/folder.ts';
import { filesIn, findImage, storeImage, trainingPairs } from './command/images.ts';
import { launch } from './command/launch.ts';
import { readOutput } from './command/output.ts';
import { predictImage } from './command/predict.ts';
import { statsOf } from './command/progress.ts';
import { readRun, runFolders, type CommandRun } from './command/run-folder.ts';
import { stopRun } from './command/stop-run.ts';
import type { TrainingTask, TrainStats } from '../contracts/trainer-reports.ts';
import type { Trainer } from './trainer.ts';

/** Older trainings are of no interest to anybody who looks for one of theirs. */
const LISTED = 50;

/** The path of the published file of a model. */
function modelPath({ folder }: CommandSettings, model: string): string {
  return join(folder, 'models', fileName(model), 'model');
}

function requireModel({ models }: CommandSettings, model: string): Readonly<Record<string, number>> {
  const labels = Object.hasOwn(models, model) ? models[model] : undefined;
  if (labels !== undefined) return labels;
  const known = Object.keys(models);
  throw new MaskloopError('ModelNotFound', `The trainer has no model "${model}"; it has ${known.join(', ')}.`, {
    facts: { model, known },
  });
}

async function runsOf({ folder }: CommandSettings): Promise<readonly CommandRun[]> {
  const runs = await Promise.all((await runFolders(folder)).slice(-LISTED).map(readRun));
  return runs.filter((run) => run !== null);
}

async function taskOf(run: CommandRun): Promise<TrainingTask> {
  const { id, status, claim, exitCode } = run;
  const { lastLines } = await readOutput(run);
  const last = status === 'ERROR' ? [ENDS[exitCode ?? ''] ?? `The program ended with exit code ${exitCode}.`] : [];
  return { id, status, model: claim.model, name: claim.run, details: [...lastLines, ...last] };
}

/** What the leader of a run notes instead of an exit code. */
const ENDS: Readonly<Record<string, string>> = {
  nomodel: 'The program ended with exit code 0, but wrote no model.',
  publish: 'The model could not be copied to where it is published.',
};

async function newestStats(settings: CommandSettings, model: string): Promise<TrainStats | null> {
  const run = (await runsOf(settings)).findLast(({ claim }) => claim.model === model);
  return run === undefined ? null : statsOf(run, (await readOutput(run)).progress);
}

async function start(
  settings: CommandSettings,
  model: string,
  { name, maxEpochs }: { name: string; maxEpochs: number | null },
): Promise<TrainingTask> {
  const { folder: root, command, environment } = settings;
  const labels = requireModel(settings, model);
  const target = modelPath(settings, model);
  const before = await readOrNull(target);
  const pairs = await trainingPairs(root);
  const checkpoint = join(root, 'checkpoints', fileName(name));
  await writeWhole(join(checkpoint, '.run'), `${name}\n`);
  await writeWhole(join(root, 'models', fileName(model), '.name'), `${model}\n`);
  const run = await claimRun(root, { run: name, model }, (folder) => ({
    schema: 'maskloop.train/1',
    model,
    run: name,
    maxEpochs,
    labels,
    pairs,
    start: before === null ? null : target,
    checkpoint,
    output: join(folder, 'model'),
  }));
  const words = [...command, 'train', join(run.folder, 'request.json')];
  await launch(run, { command: words, environment }, target);
  return { id: run.id, status: 'SUBMITTED', model, name, details: [] };
}

async function published(settings: CommandSettings, model: string): Promise<Buffer> {
  requireModel(settings, model);
  const bytes = await readOrNull(modelPath(settings, model));
  if (bytes !== null) return bytes;
  throw new MaskloopError('ModelNotFound', `The model "${model}" was never published.`, { facts: { model } });
}

function checksumOf(bytes: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(bytes).digest('hex')}`;
}

async function predict(
  settings: CommandSettings,
  model: string,
  imageId: string,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const labels = requireModel(settings, model);
  await published(settings, model);
  const found = await findImage(settings.folder, imageId);
  if (found === null) {
    throw new MaskloopError('PredictionFailed', `The trainer has no image ${imageId}.`, { facts: { image: imageId } });
  }
  const file = modelPath(settings, model);
  return predictImage(settings, { model, file, labels, imageId, image: found.path }, signal);
}

async function predictGiven(
  settings: CommandSettings,
  model: string,
  { fileName: given, bytes }: { readonly fileName: string; readonly bytes: Uint8Array },
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const labels = requireModel(settings, model);
  await published(settings, model);
  const file = modelPath(settings, model);
  const image = { extension: extname(given), bytes };
  return predictImage(settings, { model, file, labels, imageId: 'image', image }, signal);
}

/**
 * A program of somebody's own as a trainer; `docs/trainers.md` is its contract. Images, labels and models are files in
 * the folder of the settings. A training is a process group that outlives the worker, and never are there two.
 *
 * All methods throw MaskloopError `TrainerUnusable` where the folder cannot be used.
 */
export function commandTrainer(settings: CommandSettings): Trainer {
  const { folder: root, models } = settings;
  const labelPath = (imageId: string): string => join(root, 'labels', `${fileName(imageId)}.png`);
  return {
    kind: 'command',
    address: root,
    info: async () => ({
      // Arguments may hold a secret.
      name: basename(settings.command[0] ?? ''),
      models: Object.fromEntries(Object.entries(models).map(([name, labels]) => [name, { labels }])),
      trainable: Object.keys(models),
    }),
    counts: async () => ({
      images: (await filesIn(join(root, 'images'))).length,
      labelled: (await trainingPairs(root)).length,
    }),
    getImage: async (imageId) => (await findImage(root, imageId))?.bytes ?? null,
    putImage: async (image) => storeImage(root, image),
    removeImage: async (imageId) => {
      await removeFile(labelPath(imageId));
      for (let found = await findImage(root, imageId); found !== null; found = await findImage(root, imageId)) {
        await removeFile(found.path);
      }
    },
    getLabel: async (imageId) => readOrNull(labelPath(imageId)),
    putLabel: async ({ imageId, bytes }) => writeWhole(labelPath(imageId), bytes),
    removeLabel: async (imageId) => removeFile(labelPath(imageId)),
    trainingSet: async () => (await trainingPairs(root)).map(({ id }) => id),
    // Nobody else knows the folder.
    otherFeed: async () => ({ known: true, evidence: null }),
    startTraining: async (model, request) => start(settings, model, request),
    trainings: async () => Promise.all((await runsOf(settings)).map(taskOf)),
    stopTraining: async (id, signal) => stopRun(join(root, 'trainings', fileName(id)), signal),
    trainStats: async (model) => {
      requireModel(settings, model);
      return newestStats(settings, model);
    },
    publishedModel: async (model) => {
      requireModel(settings, model);
      const bytes = await readOrNull(modelPath(settings, model));
      return bytes === null ? null : { checksum: checksumOf(bytes), stats: await newestStats(settings, model) };
    },
    getModel: async (model) => published(settings, model),
    putModel: async (model, bytes) => {
      requireModel(settings, model);
      await writeWhole(modelPath(settings, model), bytes);
      return checksumOf(bytes);
    },
    predict: async (model, imageId, signal) => predict(settings, model, imageId, signal),
    predictFile: async (model, image, signal) => predictGiven(settings, model, image, signal),
  };
}
