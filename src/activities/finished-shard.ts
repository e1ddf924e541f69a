import { z } from 'zod';
import { isMaskloopError } from '../contracts/error.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import { artifactSchema } from '../storage/artifact-schema.ts';
import type { ArtifactStore } from '../storage/store.ts';

/** A converted shard in the store: a document under the name of the shard. */
export interface FinishedShard {
  /** A converted mask a line. */
  readonly lines: ArtifactRef;
  readonly masks: number;
  readonly annotations: number;
}

const finishedShard: z.ZodType<FinishedShard> = z.object({
  lines: artifactSchema,
  masks: z.int().min(1),
  annotations: z.int().min(0),
});

/** The document of a shard; null where it is not finished, or where another version wrote something else there. */
export async function findShard(store: ArtifactStore, name: string): Promise<FinishedShard | null> {
  const bytes = await store.getNamed(name);
  if (bytes === null) return null;
  try {
    return finishedShard.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
}

/** Says that a shard is finished; its lines must be in the store. */
export async function finishShard(store: ArtifactStore, name: string, shard: FinishedShard): Promise<void> {
  await store.putNamed(name, Buffer.from(`${JSON.stringify(shard)}\n`));
}

/** Reads an artifact to its end: true if it is there and has its hash. */
export async function isSound(store: ArtifactStore, ref: ArtifactRef, signal: AbortSignal): Promise<boolean> {
  try {
    for await (const _ of await store.open(ref)) signal.throwIfAborted();
    return true;
  } catch (error) {
    if (isMaskloopError(error, 'ArtifactMissing') || isMaskloopError(error, 'ArtifactCorrupt')) return false;
    throw error;
  }
}
