import type { IterationActivities } from '../contracts/activities.ts';
import type { ApprovedLabel, SetDifference, TrainingSet, TrainingSetRef } from '../contracts/training-set.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { Trainer } from '../trainer/trainer.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable, type Running } from './durable.ts';
import { compareSet, missingFrom, type HeldLabel } from './training-set/compare-set.ts';
import { expectedLabels, type ExpectedLabels } from './training-set/expected-labels.ts';
import { foreignCopies } from './training-set/foreign-copies.ts';
import { heldLabels, imagesWithoutLabel } from './training-set/held-labels.ts';
import { notTrainedOn } from './training-set/never-submitted.ts';
import { otherSets } from './training-set/other-sets.ts';
import { requireNoOtherFeed } from './training-set/other-feed.ts';
import { setAside } from './training-set/set-aside.ts';
import { appendVersion, chainOf, readVersion, requireLink, type Head } from './training-set/set-chain.ts';
import { differenceText, extrasDigest, setDiffers } from './training-set/set-differs.ts';
import { requireTrainer } from './training-of.ts';

/** Differences that travel with the iteration; the artifact lists all. */
const MAX_SHOWN = 20;

interface Site {
  readonly store: ArtifactStore;
  readonly trainer: Trainer;
  readonly running: Running;
}

type Checked = Parameters<IterationActivities['checkTrainingSet']>[0];

type Counts = Pick<TrainingSetRef, 'own' | 'earlier' | 'approved'>;

function countsOf(id: string, { frames, approved }: ExpectedLabels, held: readonly HeldLabel[]): Counts {
  const own = [...frames.values()].filter(({ by }) => by === id).length;
  const ofOthers = held.filter(({ imageId }) => !frames.has(imageId) && approved.has(imageId)).length;
  return { own, earlier: frames.size - own, approved: ofOthers };
}

/** What the training set says of labels that are not to be trained on. */
function asideOf({ frames }: TrainingSet): Pick<TrainingSetRef, 'aside'> {
  const aside = frames.filter((frame) => frame.aside).length;
  return aside === 0 ? {} : { aside };
}

/** The digest by which the differences may be approved; null where something else than foreign labels is wrong. */
function approvable(differences: readonly SetDifference[], held: readonly HeldLabel[]): string | null {
  const readable = new Set(held.flatMap(({ imageId, sha256 }) => (sha256 === null ? [] : [imageId])));
  const isPlain = differences.every(({ what, imageId }) => what === 'extra' && readable.has(imageId));
  const isOnce = new Set(differences.map(({ imageId }) => imageId)).size === differences.length;
  return isPlain && isOnce ? extrasDigest(differences, held) : null;
}

function approvedLabels(id: string, differences: readonly SetDifference[], held: readonly HeldLabel[]) {
  const heldOf = new Map(held.map((one) => [one.imageId, one]));
  return differences.map(({ imageId }): ApprovedLabel => {
    const { sha256, imageSha256 } = heldOf.get(imageId) ?? { sha256: null, imageSha256: null };
    const image = imageSha256 === null ? {} : { imageSha256 };
    return { imageId, labelSha256: sha256 ?? '', ...image, approvedIn: id };
  });
}

/** What a comparison is made with, and what it comes to. */
interface Compared {
  readonly head: Head;
  readonly expected: ExpectedLabels;
  readonly held: readonly HeldLabel[];
  readonly unlabelled: ReadonlyMap<string, string>;
  readonly differences: readonly SetDifference[];
}

/**
 * Everything that the trainer would read now, compared with a version of the training set. Labels of others on held-out
 * pictures count as held out: nobody may approve these.
 */
async function compare(id: string, head: Head, { store, trainer, running }: Site): Promise<Compared> {
  const known = await expectedLabels(store, id, head.set);
  const held = await heldLabels(trainer, running);
  const copies = foreignCopies(id, head.set, held);
  const expected = { ...known, heldOut: new Set([...known.heldOut, ...copies]) };
  const unlabelled = await imagesWithoutLabel(trainer, missingFrom(expected, held), running);
  return { head, expected, held, unlabelled, differences: compareSet(expected, held, unlabelled) };
}

/** Differences that a person has approved become part of the training set. */
async function accept(
  id: string,
  { held, unlabelled, differences }: Compared,
  { store, trainer }: Site,
): Promise<Compared> {
  const accepted = approvedLabels(id, differences, held);
  const isNew = new Set(accepted.map(({ imageId }) => imageId));
  const head = await appendVersion(store, trainer, id, (set) => ({
    ...set,
    approved: [...set.approved.filter(({ imageId }) => !isNew.has(imageId)), ...accepted],
  }));
  const expected = await expectedLabels(store, id, head.set);
  return { head, expected, held, unlabelled, differences: compareSet(expected, held, unlabelled) };
}

async function refOf(id: string, { head, expected, held }: Compared, store: ArtifactStore): Promise<TrainingSetRef> {
  const { name, version, set } = head;
  const counts = { ...countsOf(id, expected, held), ...asideOf(set) };
  const document = await store.put(head.bytes);
  return { name, document, version: version.version, ...counts, checkedAt: new Date().toISOString() };
}

/** Directly before a training. @throws MaskloopError `TrainingSetDiffers`, and what {@link setAside} throws */
async function checkBefore({ id, input, decisions }: Checked, site: Site): Promise<TrainingSetRef> {
  const approved = decisions?.approved ?? [];
  const { store, trainer, running } = site;
  const feed = await requireNoOtherFeed(trainer, running.signal);
  const head = await setAside({ id, trainer, store, signal: running.signal });
  await requireLink(store, head);
  let compared = await compare(id, head, site);
  const { differences, held } = compared;
  const digest = approvable(differences, held);
  if (differences.length > 0 && digest !== null && approved.includes(digest)) {
    compared = await accept(id, compared, site);
  }
  if (compared.differences.length === 0) {
    const ref = await refOf(id, compared, store);
    const others = await otherSets(store, chainOf(trainer));
    const unread = await notTrainedOn(store, { id, input, set: compared.head.set, others });
    return { ...ref, ...unread, ...(feed.known ? {} : { feedNotKnown: true }) };
  }
  const list = await store.put(Buffer.from(JSON.stringify(compared.differences)));
  throw setDiffers(compared.differences, list, digest);
}

/**
 * Compares again what a training is about to read, after a request for it whose fate is not known. Only looks.
 *
 * @throws MaskloopError `TrainingSetDiffers`
 */
export async function requireSameSet(id: string, began: TrainingSetRef, site: Site): Promise<void> {
  const { differences } = await compare(id, await readVersion(site.store, began), site);
  if (differences.length === 0) return;
  const list = await site.store.put(Buffer.from(JSON.stringify(differences)));
  throw setDiffers(differences, list, null);
}

/** After a training that began with a version of the training set, whatever has been added to the chain since. */
async function checkAfter(id: string, began: TrainingSetRef, site: Site): Promise<TrainingSetRef> {
  const { store } = site;
  const compared = await compare(id, await readVersion(store, began), site);
  const { differences } = compared;
  const ref = await refOf(id, compared, store);
  if (differences.length === 0) return ref;
  const list = await store.put(Buffer.from(JSON.stringify(differences)));
  const first = differences.slice(0, MAX_SHOWN).map((one) => `${one.what}: ${differenceText(one)}`);
  return { ...ref, differs: { count: differences.length, first, list } };
}

/**
 * Compares every label that a training would read, and the image that it lies on, with what was sealed and what earlier receipts
 * name, by hash. To be called directly before a training starts; and after it has ended, when what differs is told and stops nothing.
 */
export function createCheckTrainingSet({
  connect,
  store,
}: ActivityDependencies): IterationActivities['checkTrainingSet'] {
  return durable(async (args, running) => {
    const { id, input, began } = args;
    const site: Site = { store, trainer: requireTrainer(connect(input.connection), input.connection), running };
    return began === undefined ? checkBefore(args, site) : checkAfter(id, began, site);
  });
}
