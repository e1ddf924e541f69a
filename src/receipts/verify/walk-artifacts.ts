import { isMaskloopError } from '../../contracts/error.ts';
import { tombstoneName } from '../../contracts/ids.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import { jsonOf } from '../../storage/json-of.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { kindOf, referencesIn, type Placed } from './references.ts';
import type { Absence, Verification, VerificationFailure } from './verification.ts';

/** Manifests are far smaller; larger artifacts are hashed piece by piece and not searched for references. */
const MAX_SEARCHED_BYTES = 256 * 2 ** 20;

export interface Walked {
  readonly artifacts: Verification['artifacts'];
  readonly absent: readonly Absence[];
  readonly failures: readonly VerificationFailure[];
}

export interface WalkOptions {
  readonly signal: AbortSignal;
  /** `total` grows as manifests are opened. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/**
 * Reads every artifact that references lead to, and what those name in turn, each once, and compares it with its hash.
 *
 * @throws the signal's reason if aborted
 */
export async function walkArtifacts(
  store: ArtifactStore,
  from: readonly Placed<ArtifactRef>[],
  { signal, onProgress }: WalkOptions,
): Promise<Walked> {
  const queue: Placed<ArtifactRef>[] = [];
  const known = new Set<string>();
  const enqueue = (placed: Placed<ArtifactRef>): void => {
    if (known.has(placed.ref.sha256)) return;
    known.add(placed.ref.sha256);
    queue.push(placed);
  };
  for (const placed of from) enqueue(placed);
  const counts = new Map<string, { at: string; count: number; bytes: number }>();
  const absent: Absence[] = [];
  const failures: VerificationFailure[] = [];
  for (let done = 0; done < queue.length; done += 1) {
    signal.throwIfAborted();
    const { at, ref } = queue[done]!;
    onProgress?.({ done: done + 1, total: queue.length });
    try {
      const inner = await read(store, ref, at);
      const kind = kindOf(at);
      const { count, bytes } = counts.get(kind) ?? { count: 0, bytes: 0 };
      counts.set(kind, { at: kind, count: count + 1, bytes: bytes + ref.bytes });
      for (const placed of inner) enqueue(placed);
    } catch (error) {
      const why = await whyAbsent(store, ref, error);
      if (why === null) failures.push({ at, problem: problemOf(error) });
      else absent.push({ at, uri: ref.uri, why });
    }
  }
  return { artifacts: [...counts.values()], absent, failures };
}

/** Reads an artifact to its end; what it names, if it is a manifest. */
async function read(store: ArtifactStore, ref: ArtifactRef, at: string): Promise<readonly Placed<ArtifactRef>[]> {
  if (ref.bytes > MAX_SEARCHED_BYTES) {
    for await (const _ of await store.open(ref));
    return [];
  }
  const bytes = Buffer.from(await store.get(ref));
  if (!(bytes[0] === 0x7b || bytes[0] === 0x5b) || !bytes.includes('"sha256"')) return [];
  return referencesIn(jsonOf(bytes), at).artifacts;
}

async function whyAbsent(store: ArtifactStore, ref: ArtifactRef, error: unknown): Promise<Absence['why'] | null> {
  if (!isMaskloopError(error, 'ArtifactMissing')) return null;
  if ((await store.getNamed(tombstoneName(ref.sha256))) !== null) return 'forgotten';
  return ref.uri.startsWith('file:') ? 'gone' : null;
}

function problemOf(error: unknown): string {
  if (isMaskloopError(error)) return error.message;
  throw error;
}
