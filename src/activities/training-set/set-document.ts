import { z } from 'zod';
import { MaskloopError } from '../../contracts/error.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { AwayFrame, Holding, TrainingSet, TrainingSetVersion } from '../../contracts/training-set.ts';
import { artifactSchema as artifact } from '../../storage/artifact-schema.ts';
import { folderSchema } from '../../storage/folder-schema.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { trainedFrameSchema } from './trained-frame-schema.ts';

const numbers = z.record(z.string(), z.number());

const holding: z.ZodType<Holding> = z.object({
  group: z.string().exactOptional(),
  frames: z.array(z.object({ imageId: z.string(), name: z.string(), imageSha256: z.string() })),
});

const away: z.ZodType<AwayFrame> = z.object({
  imageId: z.string(),
  name: z.string(),
  imageSha256: z.string(),
  before: z.string(),
  why: z.enum(['deleted', 'edited']),
});

const trainingSet: z.ZodType<TrainingSet> = z.object({
  frames: z.array(trainedFrameSchema),
  origins: z.record(
    z.string(),
    z.object({
      connection: z.string(),
      project: z.string(),
      taskId: z.number(),
      images: folderSchema.nullable(),
      model: z.string(),
      indexOf: numbers,
      categoryOf: numbers,
      heldOut: z.array(z.string()),
      holding: holding.exactOptional(),
      away: z.array(away).exactOptional(),
      removed: z.array(z.string()).exactOptional(),
      putBack: z.array(z.string()).exactOptional(),
      tookUp: z.array(z.string()).exactOptional(),
    }),
  ),
  approved: z.array(
    z.object({
      imageId: z.string(),
      labelSha256: z.string(),
      imageSha256: z.string().exactOptional(),
      approvedIn: z.string(),
    }),
  ),
});

const version: z.ZodType<TrainingSetVersion> = z.object({
  schema: z.literal('maskloop.training-set/1'),
  trainer: z.object({ kind: z.string(), address: z.string() }),
  version: z.int().min(1),
  previous: z.string().nullable(),
  by: z.string(),
  at: z.string(),
  frames: z.int().min(0),
  content: artifact,
});

function parse<T>(bytes: Uint8Array, where: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (parsed.success) return parsed.data;
  throw new MaskloopError('ArtifactCorrupt', `${where} is no training set that this version knows.`, {
    facts: { name: where, problem: z.prettifyError(parsed.error) },
  });
}

/** A version of a training set from its bytes. @throws MaskloopError `ArtifactCorrupt` if they are none */
export function parseVersion(bytes: Uint8Array, name: string): TrainingSetVersion {
  return parse(bytes, name, version);
}

/** The content of a version. @throws MaskloopError `ArtifactCorrupt` if it is none; what the store throws */
export async function readTrainingSet(store: ArtifactStore, ref: ArtifactRef): Promise<TrainingSet> {
  return parse(await store.get(ref), ref.uri, trainingSet);
}
