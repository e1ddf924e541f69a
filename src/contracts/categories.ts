/** One label class as COCO writes it. `id` is the value of its pixels in a mask, from 1 to 65,535. */
export interface Category {
  readonly id: number;
  readonly name: string;
  readonly supercategory?: string;
}
