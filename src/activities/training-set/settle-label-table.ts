import type { TrainedFrame, TrainingSet } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import type { Running } from '../durable.ts';
import { labelForModel } from './label-for-model.ts';
import { changedClasses, labelTableChanged } from './label-table.ts';
import { putLabelOnOurs } from './put-label-on-ours.ts';
import { appendVersion, chainOf, NO_SET, readHead } from './set-chain.ts';
import { withLabels } from './with-frames.ts';
import { hashBytes } from '../../storage/file-hash.ts';

interface Settling {
  readonly id: string;
  readonly trainer: Trainer;
  readonly store: ArtifactStore;
  readonly running: Running;
}

/** The labels of earlier iterations with the numbers that the model has now. */
async function written(
  store: ArtifactStore,
  set: TrainingSet,
  labels: Readonly<Record<string, number>>,
): Promise<readonly TrainedFrame[]> {
  const frames: TrainedFrame[] = [];
  for (const frame of set.frames) {
    const categories = Object.entries(set.origins[frame.by]?.categoryOf ?? {});
    const indexOf = new Map(categories.map(([name, category]) => [category, labels[name] ?? 0]));
    frames.push({ ...frame, submitted: await labelForModel(store, frame.label, indexOf, frame.name) });
  }
  return frames;
}

/**
 * The training set, all of whose labels have the numbers of the model that is to be trained. Other numbers are a person's
 * decision: if it is approved, the labels that are there are written anew and put in the place of the old ones.
 *
 * @param approved digests that somebody approved
 * @throws MaskloopError `LabelTableChanged`, `LabelConflict`; what trainer and store throw
 */
export async function settleLabelTable(
  { id, trainer, store, running }: Settling,
  model: string,
  approved: readonly string[],
): Promise<TrainingSet> {
  const set = (await readHead(store, chainOf(trainer)))?.set ?? NO_SET;
  const labels = (await trainer.info(running.signal)).models[model]?.labels ?? {};
  const { [id]: _, ...others } = set.origins;
  const changed = changedClasses(others, labels);
  if (changed.length > 0) {
    const isWritable = changed.every(({ now }) => now !== null);
    const digest = isWritable ? hashBytes(JSON.stringify(changed)) : null;
    if (digest === null || !approved.includes(digest)) throw labelTableChanged(model, changed, digest);
  }
  if (changed.length === 0 && !set.frames.some(({ earlier, by }) => by !== id && earlier !== undefined)) return set;
  const frames = changed.length === 0 ? set.frames : await written(store, set, labels);
  const head = await appendVersion(store, trainer, id, (now) => withIndices(withLabels(now, frames), labels));
  await replaceEarlier({ id, trainer, store, running }, head.set);
  return head.set;
}

/** Every iteration's classes with the numbers that its labels are written with now. */
function withIndices(set: TrainingSet, labels: Readonly<Record<string, number>>): TrainingSet {
  const origins = Object.entries(set.origins).map(([id, origin]) => {
    const indexOf = Object.fromEntries(
      Object.entries(origin.indexOf).map(([name, index]) => [name, labels[name] ?? index]),
    );
    return [id, { ...origin, indexOf }] as const;
  });
  return { ...set, origins: Object.fromEntries(origins) };
}

/** Puts the labels of other iterations that have changed in the place of our earlier ones, where those are still there. */
async function replaceEarlier({ id, trainer, store, running }: Settling, set: TrainingSet): Promise<void> {
  const listed = new Set(await trainer.trainingSet(running.signal));
  const changed = set.frames.filter(
    ({ imageId, by, earlier }) => by !== id && earlier !== undefined && listed.has(imageId),
  );
  for (const [done, frame] of changed.entries()) {
    await putLabelOnOurs({ trainer, store, signal: running.signal }, frame, set.origins[frame.by]?.indexOf ?? {});
    running.report({ phase: 'submission', done: done + 1, total: changed.length });
  }
}
