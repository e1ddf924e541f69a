import type { Category } from '../contracts/categories.ts';

/** COCO's compressed run-length encoding: column-major runs, background first, as pycocotools packs them. */
export interface CocoRle {
  /** `[height, width]`. */
  readonly size: readonly [number, number];
  readonly counts: string;
}

export interface CocoImage {
  readonly id: number;
  readonly file_name: string;
  readonly width: number;
  readonly height: number;
}

export interface CocoAnnotation {
  readonly id: number;
  readonly image_id: number;
  readonly category_id: number;
  readonly segmentation: CocoRle;
  /** Pixels. */
  readonly area: number;
  /** `[x, y, width, height]` in pixels. */
  readonly bbox: readonly [number, number, number, number];
  readonly iscrowd: 0;
  readonly attributes?: { readonly source: 'auto' };
}

export interface CocoDocument {
  readonly images: readonly CocoImage[];
  readonly annotations: readonly CocoAnnotation[];
  readonly categories: readonly Category[];
  readonly info: { readonly description: string };
  readonly licenses: readonly [];
}
