import type { IterationActivities } from '../contracts/activities.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { AmendmentRef, AwayFrame, NotAmended } from '../contracts/training-set.ts';
import type { Cvat } from '../cvat/cvat.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { Trainer } from '../trainer/trainer.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { asTrained } from './training-set/as-trained.ts';
import {
  amendedFrames,
  asAway,
  correctedFrames,
  sealedWithout,
  type CorrectedFrames,
} from './training-set/corrected-frames.ts';
import { editsSince } from './training-set/edits-since.ts';
import { requireNoOtherFeed } from './training-set/other-feed.ts';
import { putLabelOnOurs } from './training-set/put-label-on-ours.ts';
import { removeLabels } from './training-set/remove-labels.ts';
import { sealedAnew, whyNotSealed } from './training-set/sealed-anew.ts';
import { sealedEarlier, type SealedEarlier } from './training-set/sealed-earlier.ts';
import { appendVersion, chainOf, readHead } from './training-set/set-chain.ts';
import { withAway, withLabels, withoutImages, withRestored } from './training-set/with-frames.ts';
import { amendmentsBy, writeAmendment } from './training-set/write-amendment.ts';
import { requireTrainer } from './training-of.ts';
import { settleWithdrawn } from './withdrawal/settle-withdrawn.ts';

/** What is left, and amendments, that travel with the iteration. */
const MAX_SHOWN = 20;
const MAX_AMENDMENTS = 10;

interface Correcting {
  readonly id: string;
  readonly cvat: Cvat;
  readonly trainer: Trainer;
  readonly store: ArtifactStore;
  readonly running: Running;
}

function asDeleted(frame: AwayFrame): AwayFrame {
  return { ...frame, why: 'deleted' };
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
  const { changed, deleted, restored, gone } = corrected;
  if (changed.length + deleted.length + restored.length + gone.length === 0) return;
  const frames = await asTrained(store, earlier, corrected);
  const amended = amendedFrames(corrected);
  if (amended.length > 0) await writeAmendment(store, { id: earlier.id, by: id, seal, frames: amended });
  await removeLabels(trainer, deleted, signal);
  const out = new Set(deleted.map(({ imageId }) => imageId));
  const away = [...deleted.map((frame) => asAway(frame, 'deleted')), ...gone.map(asDeleted)];
  const head = await appendVersion(store, trainer, id, (set) =>
    withAway(withRestored(withoutImages(withLabels(set, frames.changed), out), frames.restored), earlier.id, away),
  );
  const listed = new Set(await trainer.trainingSet(signal));
  const isBack = new Set(frames.restored.map(({ imageId }) => imageId));
  const ids = new Set([...isBack, ...frames.changed.map(({ imageId }) => imageId)]);
  for (const frame of head.set.frames.filter(({ imageId }) => ids.has(imageId))) {
    const { imageId } = frame;
    // What the trainer has lost is told when the whole set is compared, and put back then.
    const mayBeThere = isBack.has(imageId) || listed.has(imageId);
    if (mayBeThere) await putLabelOnOurs({ trainer, store, signal }, frame, earlier.origin.indexOf);
  }
}

/** Corrects the labels of one earlier iteration; tells what was edited and left. Null if nothing was edited. */
async function correct(correcting: Correcting, earlier: SealedEarlier): Promise<readonly NotAmended[] | null> {
  const { cvat, store, running } = correcting;
  const { signal } = running;
  try {
    const edits = await editsSince({ cvat, store, signal }, earlier);
    if (edits === null) return null;
    const edited = new Set(edits.flatMap(({ frame }) => frame ?? []));
    const { projectId } = await cvat.getTask(earlier.origin.taskId, signal);
    const { seal, labels } = await sealedAnew({ cvat, store, signal }, earlier, projectId ?? 0);
    const corrected = correctedFrames(earlier, labels, edited);
    await amend(correcting, earlier, seal, corrected);
    return [...corrected.left, ...sealedWithout(earlier, labels, edits)];
  } catch (error) {
    const why = whyNotSealed(error);
    if (why === null) throw error;
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
      // Those that come of taking labels up are the submission's.
      if (set?.origins[id]?.tookUp?.includes(earlier.id) !== true)
        amendments.push(...(await amendmentsBy(store, earlier.id, { by: id, sealed: true })));
    }
    const list = amendments.length === 0 ? null : await store.put(Buffer.from(JSON.stringify(amendments)));
    const written = { count: amendments.length, first: amendments.slice(0, MAX_AMENDMENTS), list };
    return { looked, amendments: written, left: { count: left.length, first: left.slice(0, MAX_SHOWN) } };
  });
}
