import type { IterationActivities } from '../contracts/activities.ts';
import type { SetDifference, TrainingSetRef } from '../contracts/training-set.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { compareSet, type HeldLabel } from './training-set/compare-set.ts';
import { expectedLabels, type ExpectedLabels } from './training-set/expected-labels.ts';
import { heldLabels } from './training-set/held-labels.ts';
import { requireNoOtherFeed } from './training-set/other-feed.ts';
import { appendVersion, type Head } from './training-set/set-chain.ts';
import { differenceText, extrasDigest, setDiffers } from './training-set/set-differs.ts';
import { requireTrainer } from './training-of.ts';

/** Differences that travel with the iteration; the artifact lists all. */
const MAX_SHOWN = 20;

type Counts = Pick<TrainingSetRef, 'own' | 'earlier' | 'approved'>;

function countsOf(id: string, { frames, approved }: ExpectedLabels, held: readonly HeldLabel[]): Counts {
  const own = [...frames.values()].filter(({ by }) => by === id).length;
  const ofOthers = held.filter(({ imageId }) => !frames.has(imageId) && approved.has(imageId)).length;
  return { own, earlier: frames.size - own, approved: ofOthers };
}

/** The digest by which the differences may be approved; null where something else than foreign labels is wrong. */
function approvable(differences: readonly SetDifference[], held: readonly HeldLabel[]): string | null {
  const readable = new Set(held.flatMap(({ imageId, sha256 }) => (sha256 === null ? [] : [imageId])));
  const isPlain = differences.every(({ what, imageId }) => what === 'extra' && readable.has(imageId));
  const isOnce = new Set(differences.map(({ imageId }) => imageId)).size === differences.length;
  return isPlain && isOnce ? extrasDigest(differences, held) : null;
}

function approvedLabels(id: string, differences: readonly SetDifference[], held: readonly HeldLabel[]) {
  const hashOf = new Map(held.map(({ imageId, sha256 }) => [imageId, sha256]));
  return differences.map(({ imageId }) => {
    return { imageId, labelSha256: hashOf.get(imageId) ?? '', approvedIn: id };
  });
}

/**
 * Compares every label that a training would read with what was sealed and what earlier receipts name, by hash. To be
 * called directly before a training starts; and after it has ended, when what differs is told and stops nothing.
 */
export function createCheckTrainingSet({
  connect,
  store,
}: ActivityDependencies): IterationActivities['checkTrainingSet'] {
  return durable(async ({ id, input, decisions, after = false }, running) => {
    const trainer = requireTrainer(connect(input.connection), input.connection);
    if (!after) await requireNoOtherFeed(trainer, running.signal);
    let head: Head = await appendVersion(store, trainer, id, (set) => set);
    let expected = await expectedLabels(store, id, head.set);
    const held = await heldLabels(trainer, running);
    let differences = compareSet(expected, held);
    const digest = approvable(differences, held);
    if (!after && differences.length > 0 && digest !== null && decisions?.approved.includes(digest) === true) {
      const accepted = approvedLabels(id, differences, held);
      const isNew = new Set(accepted.map(({ imageId }) => imageId));
      head = await appendVersion(store, trainer, id, (set) => ({
        ...set,
        approved: [...set.approved.filter(({ imageId }) => !isNew.has(imageId)), ...accepted],
      }));
      expected = await expectedLabels(store, id, head.set);
      differences = compareSet(expected, held);
    }
    const ref: TrainingSetRef = {
      name: head.name,
      document: await store.put(head.bytes),
      version: head.version.version,
      ...countsOf(id, expected, held),
      checkedAt: new Date().toISOString(),
    };
    if (differences.length === 0) return ref;
    const list = await store.put(Buffer.from(JSON.stringify(differences)));
    if (!after) throw setDiffers(differences, list, digest);
    const first = differences.slice(0, MAX_SHOWN).map((one) => `${one.what}: ${differenceText(one)}`);
    return { ...ref, differs: { count: differences.length, first, list } };
  });
}
