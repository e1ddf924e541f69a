import type { NativeShape } from '../cvat/native.ts';

/**
 * Leaves out what a second job holds just so on a frame that two jobs share: CVAT stores a shape that is imported there
 * once in each. Equal means type, label, points and rotation; who drew it and how high it lies do not count. Equal shapes
 * of one job all stay, and so does what differs between the jobs.
 */
export function withoutTwins<S extends NativeShape & { readonly job: number }>(shapes: readonly S[]): S[] {
  const [first] = shapes;
  if (shapes.every(({ job }) => job === first?.job)) return [...shapes];
  const ownerOf = new Map<string, number>();
  return shapes.filter((shape) => {
    const key = JSON.stringify([shape.type, shape.labelId, shape.points, shape.rotation]);
    const owner = ownerOf.get(key) ?? shape.job;
    ownerOf.set(key, owner);
    return owner === shape.job;
  });
}
