import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import type { ClassChange } from '../contracts/gate.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { artifactSchema } from '../storage/artifact-schema.ts';

/** What is read of manifests to look back at an iteration; what else is in them does not matter here. */

const submission = z.object({
  frames: z.array(
    z.object({
      name: z.string(),
      part: z.enum(['training', 'heldOut']),
      unmeasured: z.literal(true).exactOptional(),
      label: artifactSchema,
      imageSha256: z.string().exactOptional(),
    }),
  ),
});
export type SubmittedFrames = z.infer<typeof submission>;

const evaluation = z.object({
  categories: z.array(z.object({ id: z.number(), name: z.string() })),
  frames: z.array(
    z.object({
      name: z.string(),
      label: artifactSchema,
      prediction: artifactSchema,
      otherPixels: z.number().exactOptional(),
      group: z.string().exactOptional(),
    }),
  ),
});
export type EvaluatedFrames = z.infer<typeof evaluation>;

const share = z.number().nullable();
const agreement = z.object({ dice: share, iou: share });
const classChanges: z.ZodType<readonly ClassChange[]> = z.array(
  z.object({ name: z.string(), before: agreement.nullable(), after: agreement, floor: share }),
);

const pixels = z.object({ both: z.number(), before: z.number(), after: z.number() });
const comparison = z.object({
  total: z.object({ frames: z.number(), changedPixels: z.number(), unionPixels: z.number() }),
  classes: z.array(z.object({ category: z.number(), name: z.string(), pixels })),
  frames: z.array(
    z.object({ name: z.string(), frame: z.number(), changedPixels: z.number(), unionPixels: z.number() }),
  ),
});
export type ComparedFrames = z.infer<typeof comparison>;

async function read<T>(store: Pick<ArtifactStore, 'get'>, ref: ArtifactRef, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(JSON.parse(Buffer.from(await store.get(ref)).toString('utf8')));
  if (parsed.success) return parsed.data;
  throw new MaskloopError('ArtifactCorrupt', `${ref.uri} is not a manifest that this version knows.`, {
    facts: { uri: ref.uri, problem: z.prettifyError(parsed.error) },
  });
}

/** Which frames were trained on and which held out. @throws MaskloopError `ArtifactCorrupt`, `ArtifactMissing` */
export function readSubmittedFrames(store: Pick<ArtifactStore, 'get'>, ref: ArtifactRef): Promise<SubmittedFrames> {
  return read(store, ref, submission);
}

/** Labels and predictions of held-out frames. @throws MaskloopError as {@link readSubmittedFrames} */
export function readEvaluatedFrames(store: ArtifactStore, ref: ArtifactRef): Promise<EvaluatedFrames> {
  return read(store, ref, evaluation);
}

/** All classes of two models that were compared. @throws MaskloopError as {@link readSubmittedFrames} */
export function readClassChanges(store: ArtifactStore, ref: ArtifactRef): Promise<readonly ClassChange[]> {
  return read(store, ref, classChanges);
}

/** What people changed, frame by frame. @throws MaskloopError as {@link readSubmittedFrames} */
export function readComparedFrames(store: ArtifactStore, ref: ArtifactRef): Promise<ComparedFrames> {
  return read(store, ref, comparison);
}
