import type { Category } from '../contracts/categories.ts';
import type { IterationInput } from '../contracts/iteration.ts';
import { parseCategories } from '../coco/categories.ts';
import type { ArtifactStore } from '../storage/store.ts';

/** The categories that the iteration was started with. */
export async function categoriesOf(store: ArtifactStore, input: IterationInput): Promise<readonly Category[]> {
  const bytes = await store.get(input.categories);
  return parseCategories(new TextDecoder().decode(bytes), input.categories.uri);
}
