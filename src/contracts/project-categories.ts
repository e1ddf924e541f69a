import type { LabelRow } from './label-table.ts';
import type { ArtifactRef } from './refs.ts';

/** The registered name of the workflow that reads the categories of a CVAT project; never changed. */
export const PROJECT_CATEGORIES_WORKFLOW = 'projectCategoriesWorkflow';

export interface ProjectCategoriesRequest {
  readonly connection: string;
  readonly project: string;
}

/** The labels of a project as categories: value 1 is the label that was made first, as in CVAT's own COCO exports. */
export interface ProjectCategories {
  /** COCO's list of categories. */
  readonly categories: ArtifactRef;
  /** The first 50 of them. */
  readonly rows: readonly Pick<LabelRow, 'value' | 'name'>[];
  readonly classes: number;
}
