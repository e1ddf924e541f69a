import { z } from 'zod';
import { parseCocoDocument } from '../coco/parse-document.ts';
import { readLabels } from '../collect/read-labels.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import { artifactSchema } from '../storage/artifact-schema.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { recent } from './recent.ts';

/** Documents of each kind that are kept in memory; pre-annotations of ten thousand frames take some 100 MB. */
const KEPT = { manifests: 8, documents: 2 };

const pixels = z.object({ both: z.number(), before: z.number(), after: z.number() });

const comparison = z.object({
  frames: z.array(
    z.object({
      name: z.string(),
      frame: z.number(),
      job: z.number(),
      changedPixels: z.number(),
      unionPixels: z.number(),
      classes: z.array(z.object({ category: z.number(), pixels })),
    }),
  ),
  notCompared: z.array(z.object({ name: z.string(), frame: z.number(), why: z.string() })),
});

/** What a comparison says of frames. */
export type ComparedFrames = z.output<typeof comparison>;

const submission = z.object({
  frames: z.array(z.object({ name: z.string(), part: z.enum(['training', 'heldOut']) })),
});

const evaluation = z.object({ frames: z.array(z.object({ name: z.string(), prediction: artifactSchema })) });

const categories = z.array(z.object({ id: z.int(), name: z.string() }));

/** Reads what iterations have left in a store, and keeps the newest of it in memory. */
export type Manifests = ReturnType<typeof createManifests>;

/** Binds them to a store. The readers throw MaskloopError `ArtifactMissing`, `ArtifactCorrupt`, `StoreUnreachable`. */
export function createManifests(store: ArtifactStore) {
  const documents = recent<ReturnType<typeof parseCocoDocument>>(KEPT.documents);
  const labels = recent<Awaited<ReturnType<typeof readLabels>>>(KEPT.manifests);
  const kept = <T>(schema: z.ZodType<T>) => {
    const known = recent<T>(KEPT.manifests);
    return (ref: ArtifactRef) => known(ref.sha256, () => readManifest(store, ref, schema));
  };
  return {
    store,
    labels: (ref: ArtifactRef) => labels(ref.sha256, () => readLabels(store, ref)),
    comparison: kept(comparison),
    submission: kept(submission),
    evaluation: kept(evaluation),
    categories: kept(categories),
    /** @throws MaskloopError `InvalidDataset`, `InvalidRle` besides */
    preannotations: (ref: ArtifactRef) =>
      documents(ref.sha256, async () => parseCocoDocument(await store.get(ref), ref.uri)),
  };
}

async function readManifest<T>(store: ArtifactStore, ref: ArtifactRef, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(JSON.parse(Buffer.from(await store.get(ref)).toString('utf8')));
  if (parsed.success) return parsed.data;
  throw new MaskloopError('ArtifactCorrupt', `${ref.uri} is not a manifest that this version knows.`, {
    facts: { uri: ref.uri, problem: z.prettifyError(parsed.error) },
  });
}
