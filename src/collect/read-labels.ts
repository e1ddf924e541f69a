import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import type { LabelManifest } from '../contracts/manifests.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import { artifactSchema } from '../storage/artifact-schema.ts';
import type { ArtifactStore } from '../storage/store.ts';

const categories = z.array(z.object({ id: z.number(), name: z.string() }));
const counts = z.record(z.string(), z.number());
const instance = z.object({ category: z.number(), job: z.number(), shapes: z.array(z.number()), pixels: z.number() });

const labelManifest: z.ZodType<LabelManifest> = z.object({
  categories,
  frames: z.array(
    z.object({
      name: z.string(),
      frame: z.number(),
      width: z.number(),
      height: z.number(),
      label: artifactSchema,
      labelledPixels: z.number(),
      overlappingPixels: z.number().exactOptional(),
      instances: z.array(instance).exactOptional(),
      leftOut: counts.exactOptional(),
    }),
  ),
  withoutLabel: z
    .array(
      z.object({
        name: z.string(),
        frame: z.number(),
        why: z.enum(['deleted', 'unfinished']),
        leftOut: z.number(),
      }),
    )
    .exactOptional(),
  leftOut: counts.exactOptional(),
});

/** Reads the manifest of sealed labels. @throws MaskloopError `ArtifactCorrupt` if it is none; what the store throws */
export async function readLabels(store: Pick<ArtifactStore, 'get'>, ref: ArtifactRef): Promise<LabelManifest> {
  const parsed = labelManifest.safeParse(JSON.parse(new TextDecoder().decode(await store.get(ref))));
  if (parsed.success) return parsed.data;
  throw new MaskloopError('ArtifactCorrupt', `${ref.uri} is not a manifest that this version knows.`, {
    facts: { uri: ref.uri, problem: z.prettifyError(parsed.error) },
  });
}
