import type { IterationActivities } from '../contracts/activities.ts';
import { DEFAULT_GATE, type GateMeasures, type Judgement } from '../contracts/gate.ts';
import type { EvaluationManifest, HeldOutManifest, SubmissionManifest } from '../contracts/manifests.ts';
import { fileOfModel } from '../contracts/model-register.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { EvaluationRef } from '../contracts/training.ts';
import { compareModels, type MeasuredModel, type ModelComparison } from '../gate/compare-models.ts';
import { judge } from '../gate/judge.ts';
import { withOthers } from '../gate/with-others.ts';
import { stillMeasured } from '../gate/still-measured.ts';
import { countGroups } from '../receipts/count-groups.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { categoriesOf } from './categories-of.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { heldOutOfTask } from './gate/gather-held-out.ts';
import { predictHeldOut } from './gate/measure-model.ts';
import { keepPublished, modelReplaced, publish, publishedChecksum, type ModelSite } from './gate/published-model.ts';
import { restorePictures } from './gate/restore-pictures.ts';
import { withoutForgotten } from './gate/without-forgotten.ts';
import { readEvaluation, readHeldOut, readSubmission } from './read-manifest.ts';
import { requireTrainer, trainingOf } from './training-of.ts';
import { noteEvent, readEvents } from './gate/site-register.ts';

type Args = Parameters<IterationActivities['evaluateModel']>[0];

/** Classes that travel with the iteration, once with their Dice and once compared: a hundred would not fit beside the rest. */
const MAX_CLASSES = 20;

/**
 * Sees that the new model is published, and keeps it. An earlier try may have had the one from before put back: then the
 * new one comes from the store.
 *
 * @returns its bytes in the store
 */
async function keepNew(site: ModelSite, { id, model, before }: Args): Promise<ArtifactRef> {
  const { checksum } = model;
  const published = await publishedChecksum(site);
  const events = await readEvents(site);
  const kept = fileOfModel(events, checksum);
  if (published !== checksum) {
    if (kept === null || published === null || published !== before?.checksum) {
      throw modelReplaced(site.model, checksum, published);
    }
    await publish(site, { checksum, file: kept });
  }
  const file = kept ?? (await keepPublished(site, checksum));
  await noteEvent(site, {
    event: 'trained',
    checksum,
    file,
    current: before?.checksum ?? checksum,
    iteration: id,
    metrics: null,
    reasons: [],
    by: null,
    at: new Date().toISOString(),
    key: `trained:${id}:${checksum}`,
  });
  return file;
}

/** All frames that were held out, also those that were forgotten since. */
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
    const frames = stillMeasured(manifest.frames, predictions.frames);
    return { checksum, groups: await countGroups(store, { frames }, signal) };
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
  return { ...measures, classes: { first: classes.slice(0, MAX_CLASSES), total: classes.length }, ...judgement };
}

/** The first classes, and where there are more all of them in the store. */
async function shownClasses(
  store: ArtifactStore,
  classes: ModelComparison['classes'],
): Promise<Pick<EvaluationRef, 'perClass' | 'classes'>> {
  const shown = classes.slice(0, MAX_CLASSES).map(({ name, after }): [string, number | null] => [name, after.dice]);
  const perClass = Object.fromEntries(shown);
  if (classes.length <= MAX_CLASSES) return { perClass };
  return { perClass, classes: await store.put(Buffer.from(JSON.stringify(classes))) };
}

/** Predicts the held-out frames with the new model; predictions are stored, so that the numbers can be computed again. */
export function createEvaluateModel({ connect, store }: ActivityDependencies): IterationActivities['evaluateModel'] {
  return durable(async (args, { signal, report }) => {
    const { input, model } = args;
    const trainer = requireTrainer(connect(input.connection), input.connection);
    const site: ModelSite = { trainer, store, connection: input.connection, model: model.model, signal };
    const file = await keepNew(site, args);
    const submission = await readSubmission(store, args.submission.manifest);
    const gathered = await heldOutFrames(site, args, submission);
    const heldOut = { ...gathered, frames: await withoutForgotten(store, gathered.frames) };
    const forgotten = gathered.frames.length - heldOut.frames.length;
    await restorePictures(site, { connect, id: args.id, input, submission }, heldOut, report);
    const { manifest, predictions } = await predictHeldOut(site, model.checksum, { heldOut, submission }, report);
    const comparison = await compare(site, args, predictions);
    const frames = predictions.frames.length;
    return {
      manifest,
      frames,
      ...(forgotten === 0 ? {} : { forgotten }),
      file,
      meanDice: comparison.after.dice,
      ...(await shownClasses(store, comparison.classes)),
      gate: bounded(comparison, withOthers(judge(comparison, frames, forgotten), predictions.frames)),
    };
  });
}
