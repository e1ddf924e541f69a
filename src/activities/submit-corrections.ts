import { z } from 'zod';
import { checkSeal } from '../collect/check-seal.ts';
import type { IterationActivities } from '../contracts/activities.ts';
import { isMaskloopError } from '../contracts/error.ts';
import type { LabelledFrame } from '../contracts/manifests.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { AmendedFrame, AmendmentRef, NotAmended, TrainedFrame } from '../contracts/training-set.ts';
import type { Cvat } from '../cvat/cvat.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { Trainer } from '../trainer/trainer.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { correctedFrames, type CorrectedFrames } from './training-set/corrected-frames.ts';
import { labelForModel } from './training-set/label-for-model.ts';
import { requireNoOtherFeed } from './training-set/other-feed.ts';
import { putLabel } from './training-set/put-label.ts';
import { removeLabels } from './training-set/remove-labels.ts';
import { sealedAnew } from './training-set/sealed-anew.ts';
import { sealedEarlier, type SealedEarlier } from './training-set/sealed-earlier.ts';
import { appendVersion, chainOf, readHead } from './training-set/set-chain.ts';
import { withLabels, withoutImages, withRestored } from './training-set/with-frames.ts';
import { amendmentsBy, writeAmendment } from './training-set/write-amendment.ts';
import { requireTrainer } from './training-of.ts';
import { settleWithdrawn } from './withdrawal/settle-withdrawn.ts';

/** What is left, and amendments, that travel with the iteration. */
const MAX_SHOWN = 20;
const MAX_AMENDMENTS = 10;

/** What keeps a task from being sealed anew, and no iteration from going on. */
const LEFT_AS_SEALED = ['LabelsChanging', 'CategoryMissing', 'UnsupportedShape', 'TaskGone'] as const;

const editList = z.array(z.object({ frame: z.number().nullable() }));

interface Correcting {
  readonly id: string;
  readonly cvat: Cvat;
  readonly trainer: Trainer;
  readonly store: ArtifactStore;
  readonly running: Running;
}

/**
 * Numbers of the frames that were edited since the seal; null if there is nothing to correct: none was, and what is trained on
 * was never corrected, or the task is as old as its seal.
 */
async function editedFrames(
  { cvat, store, running: { signal } }: Correcting,
  { origin: { taskId }, seal, lastEditAt, isCorrected }: SealedEarlier,
): Promise<ReadonlySet<number> | null> {
  const task = await cvat.getTask(taskId, signal);
  if (Date.parse(task.updatedAt) <= Date.parse(lastEditAt)) return null;
  const { list } = await checkSeal({ cvat, store, taskId, seal, signal });
  if (list === null) return isCorrected ? new Set() : null;
  const edits = editList.parse(JSON.parse(new TextDecoder().decode(await store.get(list))));
  return new Set(edits.flatMap(({ frame }) => frame ?? []));
}

function noted(
  { imageId, name }: Pick<TrainedFrame, 'imageId' | 'name'>,
  before: string,
  after: string | null,
): AmendedFrame {
  return { imageId, name, before, after };
}

/** Corrected frames as they are trained on from now on. */
async function asTrained(
  { store }: Correcting,
  { id, origin }: SealedEarlier,
  { changed, restored }: CorrectedFrames,
): Promise<{ readonly changed: readonly TrainedFrame[]; readonly restored: readonly TrainedFrame[] }> {
  const pairs = Object.entries(origin.categoryOf);
  const indexOf = new Map(pairs.map(([name, category]) => [category, origin.indexOf[name] ?? 0]));
  const written = async ({ label, name, frame }: LabelledFrame) => {
    return { label, frame, submitted: await labelForModel(store, label, indexOf, name) };
  };
  return {
    changed: await Promise.all(changed.map(async ({ frame, now }) => ({ ...frame, ...(await written(now)) }))),
    restored: await Promise.all(
      restored.map(async ({ frame: { imageId, name, imageSha256 }, now }) => {
        return { imageId, by: id, name, imageSha256, ...(await written(now)) };
      }),
    ),
  };
}

/** Puts the labels of corrected frames into the trainer and the training set; the amendment is written before. */
async function amend(
  correcting: Correcting,
  earlier: SealedEarlier,
  seal: ArtifactRef,
  corrected: CorrectedFrames,
): Promise<void> {
  const { id, trainer, store, running } = correcting;
  const { signal } = running;
  const { changed, deleted, restored } = corrected;
  if (changed.length + deleted.length + restored.length === 0) return;
  const frames = await asTrained(correcting, earlier, corrected);
  const all = [
    ...changed.map(({ frame, now }) => noted(frame, frame.label.sha256, now.label.sha256)),
    ...restored.map(({ frame, now }) => noted(frame, frame.before, now.label.sha256)),
    ...deleted.map((frame) => noted(frame, frame.label.sha256, null)),
  ];
  await writeAmendment(store, { id: earlier.id, by: id, seal, frames: all });
  await removeLabels(trainer, deleted, signal);
  const gone = new Set(deleted.map(({ imageId }) => imageId));
  const head = await appendVersion(store, trainer, id, (set) =>
    withRestored(withoutImages(withLabels(set, frames.changed), gone), frames.restored),
  );
  const listed = new Set(await trainer.trainingSet(signal));
  const isBack = new Set(frames.restored.map(({ imageId }) => imageId));
  const ids = new Set([...isBack, ...frames.changed.map(({ imageId }) => imageId)]);
  for (const frame of head.set.frames.filter(({ imageId }) => ids.has(imageId))) {
    const { imageId } = frame;
    // What the trainer has lost is told when the whole set is compared, and put back then.
    const isThere = isBack.has(imageId) ? (await trainer.getImage(imageId, signal)) !== null : listed.has(imageId);
    if (isThere) await putLabel({ trainer, store, signal }, frame, earlier.origin.indexOf);
  }
}

/** Corrects the labels of one earlier iteration; tells what was edited and left. Null if nothing was edited. */
async function correct(correcting: Correcting, earlier: SealedEarlier): Promise<readonly NotAmended[] | null> {
  const { cvat, store, running } = correcting;
  const { signal } = running;
  try {
    const edited = await editedFrames(correcting, earlier);
    if (edited === null) return null;
    const { projectId } = await cvat.getTask(earlier.origin.taskId, signal);
    const { seal, labels } = await sealedAnew({ cvat, store, signal }, earlier, projectId ?? 0);
    const corrected = correctedFrames(earlier, labels, edited);
    await amend(correcting, earlier, seal, corrected);
    return corrected.left;
  } catch (error) {
    const why = LEFT_AS_SEALED.find((code) => isMaskloopError(error, code));
    if (why === undefined) throw error;
    return why === 'TaskGone' ? null : [{ iteration: earlier.id, frame: null, why }];
  }
}

/**
 * Looks at the tasks of earlier iterations of the project. What people corrected there after the seal is sealed again, and
 * its labels take the place of those that are trained on. The old receipts stay as they are.
 */
export function createSubmitCorrections({
  connect,
  store,
}: ActivityDependencies): IterationActivities['submitCorrections'] {
  return durable(async ({ id, input, task }, running) => {
    const { connection, project } = input;
    const connected = connect(connection);
    const trainer = requireTrainer(connected, connection);
    const correcting: Correcting = { id, cvat: connected.cvat, trainer, store, running };
    await requireNoOtherFeed(trainer, running.signal);
    // A frame that is included again has the label of its seal, and may have been edited while it was away.
    await settleWithdrawn({ store, trainer, by: id, signal: running.signal });
    const set = (await readHead(store, chainOf(trainer)))?.set;
    const here = { by: id, connection, project, taskId: task.taskId };
    const amendments: AmendmentRef[] = [];
    const left: NotAmended[] = [];
    let looked = 0;
    for (const earlier of set === undefined ? [] : await sealedEarlier(store, set, here)) {
      const found = await correct(correcting, earlier);
      looked += found === null ? 0 : 1;
      left.push(...(found ?? []));
      amendments.push(...(await amendmentsBy(store, earlier.id, { by: id, sealed: true })));
    }
    const list = amendments.length === 0 ? null : await store.put(Buffer.from(JSON.stringify(amendments)));
    const written = { count: amendments.length, first: amendments.slice(0, MAX_AMENDMENTS), list };
    return { looked, amendments: written, left: { count: left.length, first: left.slice(0, MAX_SHOWN) } };
  });
}
