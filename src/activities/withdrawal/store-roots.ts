import { z } from 'zod';
import { heldOutTask } from '../../contracts/held-out-task.ts';
import type { FramePlace } from '../../contracts/withdrawal.ts';
import { isRecord } from '../../storage/canonical-json.ts';
import { folderSchema } from '../../storage/folder-schema.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Root } from './store-view.ts';

const receipt = z.object({
  input: z.object({ connection: z.string(), project: z.string(), task: z.string() }),
  results: z.unknown(),
});

const folders = z.object({
  images: folderSchema.nullable().catch(null),
  masks: folderSchema.nullable().catch(null),
  compareWith: folderSchema.nullable().catch(null),
  training: z
    .object({ heldOut: z.object({ images: folderSchema, masks: folderSchema }) })
    .nullable()
    .catch(null),
});

/** Documents whose frames say themselves which image they are. */
const KINDS = ['training-sets/', 'taken-out/'];
const NOWHERE: FramePlace = { connection: '', project: '', task: '' };

async function readJson(store: ArtifactStore, name: string): Promise<unknown> {
  const bytes = await store.getNamed(name);
  return bytes === null ? null : JSON.parse(new TextDecoder().decode(bytes));
}

/** The folders that an iteration was started with, as far as they are in the store. */
export function inputRoots(place: FramePlace, input: unknown): readonly Root[] {
  const { images = null, masks = null, compareWith = null, training = null } = folders.safeParse(input).data ?? {};
  const roots: Root[] = [{ place, value: [images, masks, compareWith] }];
  if (training === null) return roots;
  const { heldOut } = training;
  return [...roots, { place: { ...place, task: heldOutTask(heldOut.images) }, value: [heldOut.images, heldOut.masks] }];
}

/**
 * The documents in a store that lead to what is kept of single frames: receipts, training sets, and what was taken out of
 * these. Iterations that have no receipt yet are not among them.
 */
export async function storeRoots(store: ArtifactStore): Promise<readonly Root[]> {
  const roots: Root[] = [];
  for (const name of await store.listNamed('receipts/')) {
    const document = await readJson(store, name);
    const parsed = receipt.safeParse(document);
    if (!parsed.success) continue;
    const { input: place, results } = parsed.data;
    roots.push({ place, value: results }, ...inputRoots(place, isRecord(document) ? document['input'] : null));
  }
  for (const kind of KINDS) {
    for (const name of await store.listNamed(kind)) roots.push({ place: NOWHERE, value: await readJson(store, name) });
  }
  return roots;
}
