import { z } from 'zod';
import { howMany, toRanges, type Ranges } from '../contracts/ranges.ts';
import type { MoreRanges } from '../contracts/refs.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { rangesWire } from './poll-memory.ts';
import { parsedDocument } from './stored-document.ts';

/** Ranges that travel through Temporal, about 700 bytes; a task has its jobs in a row, with gaps where some are apart. */
const MOST_RANGES = 40;

/** A set of numbers as it travels: whole, or its first ranges and where all of them are. */
export interface KeptRanges {
  readonly first: Ranges;
  readonly more: MoreRanges | null;
}

/** Keeps a set of numbers: what is too much for a payload is stored. @throws MaskloopError `StoreUnreachable` */
export async function keepRanges(store: ArtifactStore, numbers: Iterable<number>): Promise<KeptRanges> {
  const all = toRanges(numbers);
  if (all.length <= MOST_RANGES) return { first: all, more: null };
  const list = await store.put(Buffer.from(JSON.stringify(all)));
  return { first: all.slice(0, MOST_RANGES), more: { total: howMany(all), list } };
}

/**
 * All ranges of a set that was kept.
 *
 * @throws MaskloopError `ArtifactMissing`, `ArtifactCorrupt`, `StoreUnreachable`
 */
export async function allRanges(
  store: ArtifactStore,
  { first, more }: { readonly first: Ranges; readonly more: MoreRanges | null | undefined },
): Promise<Ranges> {
  if (more === null || more === undefined) return first;
  return parsedDocument(await store.get(more.list), z.array(rangesWire.element), {
    name: more.list.uri,
    what: 'a list of numbers',
  });
}
