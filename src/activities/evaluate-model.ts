import type { IterationActivities } from '../contracts/activities.ts';
import { DEFAULT_GATE, type GateMeasures, type Judgement } from '../contracts/gate.ts';
import type { EvaluationManifest, HeldOutManifest, SubmissionManifest } from '../contracts/manifests.ts';
import { fileOfModel } from '../contracts/model-register.ts';
import type { ArtifactRef } from '../contracts/refs.ts';

import { compareModels, type MeasuredModel, type ModelComparison } from '../gate/compare-models.ts';
import { judge } from '../gate/judge.ts';
import { addModelEvent, readModelEvents } from '../models/model-register.ts';
import { categoriesOf } from './categories-of.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { countGroups } from './gate/count-groups.ts';
import { heldOutOfTask } from './gate/gather-held-out.ts';
import { predictHeldOut } from './gate/measure-model.ts';
import { keepPublished, modelReplaced, publish, publishedChecksum, type ModelSite } from './gate/published-model.ts';
import { readEvaluation, readHeldOut, readSubmission } from './read-manifest.ts';
import { requireTrainer, trainingOf } from './training-of.ts';

type Args = Parameters<IterationActivities['evaluateModel']>[0];

/** More classes than these would not fit into a history; the manifest leads to all of them. */
const MAX_CLASSES = 100;
const MAX_CHANGES = 20;

/**
 * Sees that the new model is published, and keeps it. An earlier try may have had the one from before put back: then the
 * new one comes from the store.
 */
async function keepNew(site: ModelSite, { id, model, before }: Args): Promise<void> {
  const { checksum } = model;
  const published = await publishedChecksum(site);
  const events = await readModelEvents(site.store, site);
  const kept = fileOfModel(events, checksum);
  if (published !== checksum) {
    if (kept === null || published === null || published !== before?.checksum) {
      throw modelReplaced(site.model, checksum, published);
    }
    await publish(site, { checksum, file: kept });
  }
  await addModelEvent(site.store, {
    connection: site.connection,
    model: site.model,
    event: 'trained',
    checksum,
    file: kept ?? (await keepPublished(site, checksum)),
    current: before?.checksum ?? checksum,
    iteration: id,
    metrics: null,
    reasons: [],
    by: null,
    at: new Date().toISOString(),
    key: `trained:${id}:${checksum}`,
  });
}

async function heldOutFrames(
  { store }: ModelSite,
  args: Args,
  submission: SubmissionManifest,
): Promise<HeldOutManifest> {
  if (args.before !== undefined) return readHeldOut(store, args.before.heldOut);
  const categories = (await categoriesOf(store, args.input)).map(({ id, name }) => ({ id, name }));
  return { categories, frames: heldOutOfTask(args.input, submission) };
}

async function compare(
  site: ModelSite,
  { input, before, model }: Args,
  predictions: EvaluationManifest,
): Promise<ModelComparison> {
  const { store, signal } = site;
  const measured = async (checksum: string, manifest: EvaluationManifest): Promise<MeasuredModel> => {
    return { checksum, groups: await countGroups(store, manifest, signal) };
  };
  const earlier: { checksum: string; manifest: ArtifactRef } | null =
    before?.checksum == null || before.manifest === null
      ? null
      : { checksum: before.checksum, manifest: before.manifest };
  const models = {
    before: earlier === null ? null : await measured(earlier.checksum, await readEvaluation(store, earlier.manifest)),
    after: await measured(model.checksum, predictions),
  };
  const { floors } = trainingOf(input).gate ?? DEFAULT_GATE;
  return compareModels(models, predictions.categories, floors);
}

function bounded({ classes, ...measures }: ModelComparison, judgement: Judgement): GateMeasures & Judgement {
  return { ...measures, classes: { first: classes.slice(0, MAX_CHANGES), total: classes.length }, ...judgement };
}

/** Predicts the held-out frames with the new model; predictions are stored, so that the numbers can be computed again. */
export function createEvaluateModel({ connect, store }: ActivityDependencies): IterationActivities['evaluateModel'] {
  return durable(async (args, { signal, report }) => {
    const { input, model } = args;
    const trainer = requireTrainer(connect(input.connection), input.connection);
    const site: ModelSite = { trainer, store, connection: input.connection, model: model.model, signal };
    await keepNew(site, args);
    const submission = await readSubmission(store, args.submission.manifest);
    const heldOut = await heldOutFrames(site, args, submission);
    const { manifest, predictions } = await predictHeldOut(site, model.checksum, { heldOut, submission }, report);
    const comparison = await compare(site, args, predictions);
    const frames = predictions.frames.length;
    const perClass = comparison.classes
      .slice(0, MAX_CLASSES)
      .map(({ name, after }): [string, number | null] => [name, after.dice]);
    return {
      manifest,
      frames,
      meanDice: comparison.after.dice,
      perClass: Object.fromEntries(perClass),
      gate: bounded(comparison, judge(comparison, frames)),
    };
  });
}
