import type { Mask } from '../../coco/mask.ts';

/** One connected region (4-neighbourhood) of equal, non-zero pixels. */
export interface Instance {
  readonly category: number;
  /** Indices into the mask's values. */
  readonly pixels: readonly number[];
}

/** The connected regions of a mask, in the order of their first pixels. */
export function findInstances(mask: Mask): Instance[] {
  const seen = new Uint8Array(mask.values.length);
  const instances: Instance[] = [];
  for (const [start, category] of mask.values.entries()) {
    if (category === 0 || seen[start] === 1) continue;
    instances.push({ category, pixels: flood(mask, start, seen) });
  }
  return instances;
}

function flood(mask: Mask, start: number, seen: Uint8Array): number[] {
  const { width, values } = mask;
  const category = values[start];
  const pixels = [start];
  seen[start] = 1;
  for (let next = 0; next < pixels.length; next += 1) {
    const at = pixels[next] ?? 0;
    const x = at % width;
    const neighbours = [at - width, at + width, x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1];
    for (const neighbour of neighbours) {
      if (values[neighbour] !== category || seen[neighbour] === 1) continue;
      seen[neighbour] = 1;
      pixels.push(neighbour);
    }
  }
  return pixels;
}
