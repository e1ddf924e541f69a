import type { Category } from '../../contracts/categories.ts';

/** An image of a dataset; sides in pixels. */
export interface DatasetImage {
  readonly id: number;
  /** Name as the document has it, with `/` between folders. */
  readonly fileName: string;
  readonly width: number;
  readonly height: number;
}

/** What a shape covers, as the document tells it. */
export type Outline =
  | {
      readonly kind: 'counts';
      /** `[height, width]`. */
      readonly size: readonly [number, number];
      /** Run lengths as `encodeCounts` packs them. */
      readonly counts: string;
    }
  | {
      readonly kind: 'rings';
      /** Closed polygons `[x0, y0, x1, y1, …]` in pixels; the shape is their union. */
      readonly rings: readonly (readonly number[])[];
    };

/** One annotation. */
export interface DatasetShape {
  readonly id: number;
  readonly imageId: number;
  readonly categoryId: number;
  readonly outline: Outline;
}

/** A COCO dataset of any origin, whose ids are unique and whose shapes are of images and categories that are there. */
export interface Dataset {
  /** Name of the file, for messages. */
  readonly where: string;
  readonly images: readonly DatasetImage[];
  readonly categories: readonly Pick<Category, 'id' | 'name'>[];
  /** Shapes by the id of their image, in the order of the document. */
  readonly shapes: ReadonlyMap<number, readonly DatasetShape[]>;
}
