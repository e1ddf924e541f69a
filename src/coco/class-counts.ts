import type { CocoDocument } from './coco.ts';

/** Frames and pixels of each category that has annotations, by category id. */
export function classCounts({
  annotations,
}: Pick<CocoDocument, 'annotations'>): ReadonlyMap<number, { readonly frames: number; readonly pixels: number }> {
  const found = new Map<number, { frames: Set<number>; pixels: number }>();
  for (const { category_id: category, image_id: image, area } of annotations) {
    const count = found.get(category) ?? { frames: new Set(), pixels: 0 };
    count.frames.add(image);
    count.pixels += area;
    found.set(category, count);
  }
  return new Map([...found].map(([category, { frames, pixels }]) => [category, { frames: frames.size, pixels }]));
}
