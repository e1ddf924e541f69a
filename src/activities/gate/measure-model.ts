import type { IterationActivities } from '../../contracts/activities.ts';
import type { ModelBeforeRef } from '../../contracts/gate.ts';
import type { EvaluationManifest, HeldOutManifest, SubmissionManifest } from '../../contracts/manifests.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { durable, type Running } from '../durable.ts';
import { readSubmission } from '../read-manifest.ts';
import type { BeginPace } from '../training/never-begins.ts';
import { requireTrainer, trainingOf } from '../training-of.ts';
import { checkRegister, requireIdle } from './check-register.ts';
import { gatherHeldOut } from './gather-held-out.ts';
import { noteForeignModel } from './note-foreign-model.ts';
import { heldOutTaskNow } from './held-out-task-now.ts';
import { indexTable } from './index-table.ts';
import { predictFrames } from './predict-frames.ts';
import { keepPublished, publishedChecksum, type ModelSite } from './published-model.ts';
import { trainingKey } from './settled-model.ts';
import { noteEvent, readEvents } from './site-register.ts';

type Args = Parameters<IterationActivities['measureModel']>[0];

/** Label index of the model → category id. */
export function categoriesByIndex({ modelIndexOf }: SubmissionManifest): ReadonlyMap<number, number> {
  return new Map(Object.entries(modelIndexOf).map(([category, index]) => [index, Number(category)]));
}

/** Predicts the held-out frames with the published model and stores the manifest. */
export async function predictHeldOut(
  site: ModelSite,
  checksum: string,
  { heldOut, submission }: { readonly heldOut: HeldOutManifest; readonly submission: SubmissionManifest },
  report: Running['report'],
): Promise<{ readonly manifest: ArtifactRef; readonly predictions: EvaluationManifest }> {
  const table = await indexTable(site, categoriesByIndex(submission));
  const frames = await predictFrames(site, checksum, heldOut.frames, table, report);
  const predictions: EvaluationManifest = { categories: heldOut.categories, frames };
  return { predictions, manifest: await site.store.put(Buffer.from(JSON.stringify(predictions))) };
}

/** Keeps the published model and says in the register that a training begins from it. */
async function keep(site: ModelSite, args: Args, checksum: string): Promise<ArtifactRef> {
  const { id, taken, firstRunId, tryNumber } = args;
  const events = await readEvents(site);
  const by = checkRegister(events, checksum, { id, model: site.model, taken, now: new Date() });
  const file = await keepPublished(site, checksum);
  const own = `${trainingKey({ id, firstRunId, tryNumber })}${checksum}`;
  if (events.at(-1)?.key === own) return file;
  const entry = {
    checksum,
    file,
    current: checksum,
    iteration: id,
    metrics: null,
    reasons: [],
    by: by?.by ?? null,
    at: new Date().toISOString(),
  };
  await noteForeignModel(site, events, { checksum, file, iteration: id, by: by?.by ?? null });
  await noteEvent(site, { ...entry, event: 'training', key: own });
  return file;
}

/**
 * Keeps and measures the model that is published before a training. Nothing is measured where none was ever published:
 * the server would predict with random weights.
 */
export function createMeasureModel(
  { connect, store }: ActivityDependencies,
  pace?: BeginPace,
): IterationActivities['measureModel'] {
  return durable(async (args, { signal, report }): Promise<ModelBeforeRef> => {
    const { input, submission: submitted, known } = args;
    const { model } = trainingOf(input);
    const trainer = requireTrainer(connect(input.connection), input.connection);
    const site: ModelSite = { trainer, store, connection: input.connection, model, signal };
    const begun = (await requireIdle(site, args, pace)) === 'own training';
    if (begun && known !== null) return known;
    const submission = await readSubmission(store, submitted.manifest);
    const { cvat } = connect(input.connection);
    const heldOut = await gatherHeldOut(site, { cvat, input, submission, task: args.task }, report);
    const heldOutTask = await heldOutTaskNow({ cvat, store, signal }, input);
    const kept = {
      heldOut: await store.put(Buffer.from(JSON.stringify(heldOut))),
      frames: heldOut.frames.length,
      ...(heldOutTask === undefined ? {} : { heldOutTask }),
    };
    const checksum = await publishedChecksum(site);
    if (checksum === null) {
      const events = await readEvents(site);
      checkRegister(events, null, { id: args.id, model, taken: args.taken, now: new Date() });
      return { model, checksum: null, file: null, manifest: null, ...kept };
    }
    const file = await keep(site, args, checksum);
    const { manifest } = await predictHeldOut(site, checksum, { heldOut, submission }, report);
    return { model, checksum, file, manifest, ...kept };
  });
}
