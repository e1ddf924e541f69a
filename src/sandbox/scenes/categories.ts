import type { Category } from '../../contracts/categories.ts';

/** Mask values of the generated frames. The ids have a gap, as they do in most real datasets. */
export const CATEGORY = { instrument: 1, gallbladder: 2, fat: 4 } as const;

/** The categories of the generated frames as COCO writes them. */
export const SCENE_CATEGORIES: readonly Category[] = [
  { id: CATEGORY.instrument, name: 'instrument', supercategory: 'tool' },
  { id: CATEGORY.gallbladder, name: 'gallbladder', supercategory: 'anatomy' },
  { id: CATEGORY.fat, name: 'fat', supercategory: 'anatomy' },
];

/** The same classes as a model knows them: other numbers in another order, so that only names match them. */
export const SCENE_MODEL_LABELS: Readonly<Record<string, number>> = { fat: 1, instrument: 2, gallbladder: 3 };
