import { z } from 'zod';
import type { FramePlace } from '../../contracts/withdrawal.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Root } from './store-view.ts';

const receipt = z.object({
  input: z.object({ connection: z.string(), project: z.string(), task: z.string() }),
  results: z.unknown(),
});

/** Documents whose frames say themselves which image they are. */
const KINDS = ['training-sets/', 'taken-out/'];
const NOWHERE: FramePlace = { connection: '', project: '', task: '' };

async function readJson(store: ArtifactStore, name: string): Promise<unknown> {
  const bytes = await store.getNamed(name);
  return bytes === null ? null : JSON.parse(new TextDecoder().decode(bytes));
}

/**
 * The documents in a store that lead to what is kept of single frames: receipts, training sets, and what was taken out of
 * these. Iterations that have no receipt yet are not among them.
 */
export async function storeRoots(store: ArtifactStore): Promise<readonly Root[]> {
  const roots: Root[] = [];
  for (const name of await store.listNamed('receipts/')) {
    const parsed = receipt.safeParse(await readJson(store, name));
    if (parsed.success) roots.push({ place: parsed.data.input, value: parsed.data.results });
  }
  for (const kind of KINDS) {
    for (const name of await store.listNamed(kind)) roots.push({ place: NOWHERE, value: await readJson(store, name) });
  }
  return roots;
}
