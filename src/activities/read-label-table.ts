import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import type { LabelTable } from '../contracts/label-table.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { ArtifactStore } from '../storage/store.ts';

const shape = z.object({
  rows: z.array(
    z.object({
      value: z.int(),
      name: z.string(),
      labelId: z.int().nullable(),
      modelIndex: z.int().nullable(),
      frames: z.int(),
      pixels: z.int(),
    }),
  ),
  withoutCategory: z.array(z.string()),
}) satisfies z.ZodType<LabelTable>;

/** The whole label table of an iteration. @throws MaskloopError `ArtifactMissing`, `ArtifactCorrupt`, `StoreUnreachable` */
export async function readLabelTable(store: ArtifactStore, ref: ArtifactRef): Promise<LabelTable> {
  const document: unknown = JSON.parse(new TextDecoder().decode(await store.get(ref)));
  const { data } = shape.safeParse(document);
  if (data !== undefined) return data;
  throw new MaskloopError('ArtifactCorrupt', `${ref.uri} is no label table.`, { facts: { uri: ref.uri } });
}
