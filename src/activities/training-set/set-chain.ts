import { MaskloopError } from '../../contracts/error.ts';
import { trainingSetName } from '../../contracts/ids.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { TrainingSet, TrainingSetVersion } from '../../contracts/training-set.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import { parseVersion, readTrainingSet } from './set-document.ts';
import { hashBytes } from '../../storage/file-hash.ts';

/** The newest version of a training set. */
export interface Head {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly version: TrainingSetVersion;
  readonly set: TrainingSet;
}

export const NO_SET: TrainingSet = { frames: [], origins: {}, approved: [] };

/** Everybody whose version was not the first tries again; more than this many at once is a defect. */
const TRIES = 50;

/** What the chain of a trainer is called: its kind, and 16 hex digits of the SHA-256 over its address. */
export function chainOf({ kind, address }: TrainingSetVersion['trainer']): string {
  return `${kind}-${hashBytes(address).slice(0, 16)}`;
}

/** The newest version of a chain; null if there is none. @throws MaskloopError `ArtifactCorrupt`; what the store throws */
export async function readHead(store: ArtifactStore, chain: string): Promise<Head | null> {
  const name = (await store.listNamed(trainingSetName(chain, null))).at(-1);
  const bytes = name === undefined ? null : await store.getNamed(name);
  if (name === undefined || bytes === null) return null;
  const version = parseVersion(bytes, name);
  return { name, bytes, version, set: await readTrainingSet(store, version.content) };
}

/** A version by its name and document. @throws MaskloopError `ArtifactCorrupt`; what the store throws */
export async function readVersion(
  store: ArtifactStore,
  { name, document }: { readonly name: string; readonly document: ArtifactRef },
): Promise<Head> {
  const bytes = await store.get(document);
  const version = parseVersion(bytes, name);
  return { name, bytes, version, set: await readTrainingSet(store, version.content) };
}

/**
 * Makes sure that a version follows upon the one that it names, which stands in the store as it was.
 *
 * @throws MaskloopError `ArtifactCorrupt`; what the store throws
 */
export async function requireLink(
  store: ArtifactStore,
  { name, version }: Pick<Head, 'name' | 'version'>,
): Promise<void> {
  const { version: number, previous, trainer } = version;
  const before = number === 1 ? null : await store.getNamed(trainingSetName(chainOf(trainer), number - 1));
  if ((before === null ? null : hashBytes(before)) === previous) return;
  throw new MaskloopError(
    'ArtifactCorrupt',
    `${name} does not follow upon the version before it as that stands in the store.`,
    {
      facts: { name, previous },
    },
  );
}

/**
 * Writes the next version of a trainer's training set, or none where nothing changes. Two iterations never write the same
 * version: the one that comes second makes its change of what the first has written.
 *
 * @param change what becomes of the newest version; called again for a newer one
 * @returns the newest version, which holds the change
 */
export async function appendVersion(
  store: ArtifactStore,
  trainer: Pick<Trainer, 'kind' | 'address'>,
  by: string,
  change: (set: TrainingSet) => TrainingSet,
): Promise<Head> {
  const { kind, address } = trainer;
  const chain = chainOf(trainer);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const head = await readHead(store, chain);
    const set = inOrder(change(head?.set ?? NO_SET));
    const text = JSON.stringify(set);
    if (head !== null && text === JSON.stringify(head.set)) return head;
    const number = (head?.version.version ?? 0) + 1;
    const version: TrainingSetVersion = {
      schema: 'maskloop.training-set/1',
      trainer: { kind, address },
      version: number,
      previous: head === null ? null : hashBytes(head.bytes),
      by,
      at: new Date().toISOString(),
      frames: set.frames.length,
      content: await store.put(Buffer.from(text)),
    };
    const bytes = Buffer.from(`${JSON.stringify(version, null, 2)}\n`);
    const name = trainingSetName(chain, number);
    if (await store.createNamed(name, bytes)) return { name, bytes, version, set };
  }
  throw new Error(`the training set ${chain} was written by others ${TRIES} times in a row`);
}

function byId<T extends { imageId: string }>(list: readonly T[]): T[] {
  return list.toSorted((a, b) => (a.imageId < b.imageId ? -1 : 1));
}

function inOrder({ frames, origins, approved }: TrainingSet): TrainingSet {
  const named = Object.fromEntries(Object.entries(origins).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return { frames: byId(frames), origins: named, approved: byId(approved) };
}
