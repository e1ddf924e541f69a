import { MaskloopError } from '../../contracts/error.ts';
import { decodeCounts } from '../rle.ts';
import type { DatasetImage, DatasetShape, Outline } from './dataset.ts';
import { polygonRuns } from '../polygon-runs.ts';
import { unionRuns } from './union-runs.ts';

/**
 * The pixels of a shape as column-major run lengths, background first, summing to those of its image. Polygons are
 * rasterised as {@link polygonRuns} says; several of one shape are their union.
 *
 * @param where name of the document, for messages and the fact `file`
 * @throws MaskloopError `InvalidRle` for run lengths that cannot be unpacked or do not fit the image
 */
export function shapeRuns(shape: DatasetShape, image: DatasetImage, where: string): ArrayLike<number> {
  const { outline } = shape;
  const { width, height } = image;
  if (outline.kind === 'rings') {
    const rings = outline.rings.map((ring) => polygonRuns(ring, width, height));
    return unionRuns(rings, width * height);
  }
  const problem = (text: string, cause?: unknown): MaskloopError =>
    new MaskloopError('InvalidRle', `${where}, annotation ${shape.id} of ${image.fileName}: ${text}`, {
      facts: { file: where, annotation: shape.id, image: image.fileName, problem: text },
      cause,
    });
  const [ownHeight, ownWidth] = outline.size;
  if (ownHeight !== height || ownWidth !== width) {
    throw problem(`its size is ${ownHeight} × ${ownWidth}, that of its image ${height} × ${width}.`);
  }
  const runs = unpacked(outline, problem);
  let covered = 0;
  for (const run of runs) covered += run;
  if (covered !== width * height) throw problem(`its runs cover ${covered} of ${width * height} pixels.`);
  return runs;
}

function unpacked(
  { counts }: Extract<Outline, { kind: 'counts' }>,
  problem: (text: string, cause: unknown) => MaskloopError,
): number[] {
  try {
    return decodeCounts(counts);
  } catch (error) {
    throw problem(
      typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '',
      error,
    );
  }
}
