import { NOBODY, type StoreView } from './store-view.ts';
import type { StoredPrediction } from './stored-predictions.ts';

/** All that is known, whatever it is asked for. */
export interface Known {
  readonly view: StoreView;
  readonly predictions: readonly StoredPrediction[];
  /** SHA-256 of the images, by image id, as the trainer holds them or an earlier try has noted them. */
  readonly images: ReadonlyMap<string, readonly string[]>;
  /** Ids of images that were forgotten before. */
  readonly forgotten: ReadonlySet<string>;
}

export interface ToForget {
  /** SHA-256 of artifacts that belong to the frames alone, with their sizes. */
  readonly artifacts: readonly { readonly sha256: string; readonly bytes: number }[];
  /** How many artifacts of the frames something else needs as well. */
  readonly shared: number;
  /** Names of notes of predictions. */
  readonly predictions: readonly string[];
  /** SHA-256 of the images that no other frame has, by image id. */
  readonly images: ReadonlyMap<string, readonly string[]>;
}

/**
 * What belongs to frames alone, and is removed with them. Bytes that anything else names stay: two frames may well have
 * equal masks, or equal images.
 *
 * @param ids image ids of the frames
 */
export function whatToForget(known: Known, ids: ReadonlySet<string>): ToForget {
  const { view, forgotten } = known;
  const isTheirs = (owner: string): boolean => ids.has(owner) || forgotten.has(owner);
  const images = new Map([...ids].map((id) => [id, imagesOf(known, id, isTheirs)]));
  const gone = new Set([...images.values()].flat());
  const owned = new Map(
    [...view.artifacts].map(([sha256, { bytes, owners }]) => [sha256, { bytes, owners: [...owners] }]),
  );
  const predictions = known.predictions.filter(({ image }) => gone.has(image));
  for (const { image, ref } of known.predictions) {
    const owner = gone.has(image) ? ([...ids][0] ?? NOBODY) : NOBODY;
    const before = owned.get(ref.sha256) ?? { bytes: ref.bytes, owners: [] };
    owned.set(ref.sha256, { ...before, owners: [...before.owners, owner] });
  }
  const theirs = [...owned].filter(([, { owners }]) => owners.some((owner) => ids.has(owner)));
  const alone = theirs.filter(([, { owners }]) => owners.every(isTheirs));
  return {
    artifacts: alone
      .map(([sha256, { bytes }]) => ({ sha256, bytes }))
      .toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
    shared: theirs.length - alone.length,
    predictions: predictions.map(({ name }) => name),
    images,
  };
}

/** The images of a frame that no frame has which is not forgotten. */
function imagesOf({ view, images }: Known, id: string, isTheirs: (owner: string) => boolean): readonly string[] {
  const own = new Set([...(view.images.get(id) ?? []), ...(images.get(id) ?? [])]);
  for (const [other, hashes] of view.images) if (!isTheirs(other)) for (const sha256 of hashes) own.delete(sha256);
  return [...own].toSorted();
}
