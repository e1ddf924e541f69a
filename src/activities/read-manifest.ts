import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import type { ConversionPlan } from '../contracts/conversion-plan.ts';
import type { EvaluationManifest, HeldOutManifest, SubmissionManifest } from '../contracts/manifests.ts';
import type { PredictionManifest } from '../contracts/prediction.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import { artifactSchema } from '../storage/artifact-schema.ts';
import type { ArtifactStore } from '../storage/store.ts';

export { readLabels } from '../collect/read-labels.ts';

const categories = z.array(z.object({ id: z.number(), name: z.string() }));

const conversionPlan: z.ZodType<ConversionPlan> = z.object({
  shards: z.array(z.object({ list: artifactSchema, masks: z.int().min(1) })).min(1),
});

const submissionManifest: z.ZodType<SubmissionManifest> = z.object({
  model: z.string(),
  modelIndexOf: z.record(z.string(), z.number()),
  frames: z.array(
    z.object({
      name: z.string(),
      imageId: z.string(),
      part: z.enum(['training', 'heldOut']),
      unmeasured: z.literal(true).exactOptional(),
      label: artifactSchema,
      submittedSha256: z.string().nullable(),
      imageSha256: z.string().exactOptional(),
    }),
  ),
  groundTruth: z
    .object({
      taskId: z.int(),
      job: z.int(),
      seal: artifactSchema,
      outside: z.array(z.object({ name: z.string(), frame: z.int(), imageId: z.string(), label: artifactSchema })),
    })
    .exactOptional(),
});

const evaluationManifest: z.ZodType<EvaluationManifest> = z.object({
  categories,
  frames: z.array(
    z.object({
      name: z.string(),
      label: artifactSchema,
      prediction: artifactSchema,
      otherPixels: z.int().exactOptional(),
      imageId: z.string().exactOptional(),
      group: z.string().exactOptional(),
    }),
  ),
});

const heldOutManifest: z.ZodType<HeldOutManifest> = z.object({
  categories,
  frames: z.array(
    z.object({
      name: z.string(),
      group: z.string(),
      imageId: z.string(),
      imageSha256: z.string().exactOptional(),
      label: artifactSchema,
    }),
  ),
});

const predictionManifest: z.ZodType<PredictionManifest> = z.object({
  model: z.string(),
  checksum: z.string(),
  frames: z.array(
    z.object({
      name: z.string().min(1),
      imageId: z.string(),
      imageSha256: z.string(),
      otherPixels: z.number().exactOptional(),
      mask: artifactSchema,
    }),
  ),
});

async function read<T>(store: ArtifactStore, ref: ArtifactRef, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(JSON.parse(new TextDecoder().decode(await store.get(ref))));
  if (parsed.success) return parsed.data;
  throw new MaskloopError('ArtifactCorrupt', `${ref.uri} is not a manifest that this version knows.`, {
    facts: { uri: ref.uri, problem: z.prettifyError(parsed.error) },
  });
}

/** Reads the plan of a conversion. */
export function readPlan(store: ArtifactStore, ref: ArtifactRef): Promise<ConversionPlan> {
  return read(store, ref, conversionPlan);
}

/** Reads the manifest of what a model has predicted. */
export function readPredictions(store: ArtifactStore, ref: ArtifactRef): Promise<PredictionManifest> {
  return read(store, ref, predictionManifest);
}

/** Reads the manifest of what was submitted for training. */
export function readSubmission(store: ArtifactStore, ref: ArtifactRef): Promise<SubmissionManifest> {
  return read(store, ref, submissionManifest);
}

/** Reads the manifest of the frames that models are measured on. */
export function readHeldOut(store: ArtifactStore, ref: ArtifactRef): Promise<HeldOutManifest> {
  return read(store, ref, heldOutManifest);
}

/** Reads the manifest of an evaluation. */
export function readEvaluation(store: ArtifactStore, ref: ArtifactRef): Promise<EvaluationManifest> {
  return read(store, ref, evaluationManifest);
}
