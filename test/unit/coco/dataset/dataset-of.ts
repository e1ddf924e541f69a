import { parseDataset } from '../../../../src/coco/dataset/read-dataset.ts';
import type { Dataset } from '../../../../src/coco/dataset/dataset.ts';

/** A document as people write it; a test gives what it wants different. */
export function documentOf(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    images: [{ id: 1, file_name: 'a.png', width: 4, height: 2 }],
    annotations: [],
    categories: [{ id: 1, name: 'tool' }],
    ...changes,
  };
}

export async function datasetOf(document: Record<string, unknown>, where = 'a.json'): Promise<Dataset> {
  return parseDataset(Buffer.from(JSON.stringify(document)), where);
}

/** An annotation of image 1 and category 1 with run lengths over 4 × 2 pixels, unless a test wants it different. */
export function annotationOf(id: number, counts: readonly number[], changes: Record<string, unknown> = {}) {
  return { id, image_id: 1, category_id: 1, segmentation: { size: [2, 4], counts }, iscrowd: 0, ...changes };
}
