import { MaskloopError } from '../../contracts/error.ts';
import { stemOf } from '../../contracts/file-stem.ts';
import type { Dataset, DatasetImage } from './dataset.ts';

export interface MatchedImages {
  readonly pairs: readonly { readonly a: DatasetImage; readonly b: DatasetImage }[];
  readonly onlyInA: readonly DatasetImage[];
  readonly onlyInB: readonly DatasetImage[];
}

/**
 * Pairs the images of two datasets by `file_name`. Those that are left are paired by the name without its ending, as
 * CVAT does, where that names one image in each: masks are PNGs, frames often are not.
 *
 * @returns the pairs in the order of the first dataset, then what has no counterpart
 * @throws MaskloopError `InvalidDataset` if two images of one dataset have the same `file_name`
 */
export function matchImages(a: Dataset, b: Dataset): MatchedImages {
  const [namesA, namesB] = [byName(a), byName(b)];
  const leftInA = byStem(a.images.filter(({ fileName }) => !namesB.has(fileName)));
  const leftInB = byStem(b.images.filter(({ fileName }) => !namesA.has(fileName)));
  const counterpart = ({ fileName }: DatasetImage): DatasetImage | undefined => {
    const stem = stemOf(fileName);
    const found = leftInB.get(stem);
    return namesB.get(fileName) ?? (leftInA.get(stem)?.length === 1 && found?.length === 1 ? found[0] : undefined);
  };
  const pairs = a.images.flatMap((image) => {
    const other = counterpart(image);
    return other === undefined ? [] : [{ a: image, b: other }];
  });
  const [inA, inB] = [new Set(pairs.map((pair) => pair.a)), new Set(pairs.map((pair) => pair.b))];
  return {
    pairs,
    onlyInA: a.images.filter((image) => !inA.has(image)),
    onlyInB: b.images.filter((image) => !inB.has(image)),
  };
}

function byName({ images, where }: Dataset): Map<string, DatasetImage> {
  const names = new Map<string, DatasetImage>();
  for (const image of images) {
    const other = names.get(image.fileName);
    if (other !== undefined) {
      throw new MaskloopError(
        'InvalidDataset',
        `${where} cannot be used: images ${other.id} and ${image.id} have the same file_name ${image.fileName}.`,
        { facts: { file: where, images: [other.id, image.id], fileName: image.fileName } },
      );
    }
    names.set(image.fileName, image);
  }
  return names;
}

function byStem(images: readonly DatasetImage[]): Map<string, DatasetImage[]> {
  const stems = new Map<string, DatasetImage[]>();
  for (const image of images) {
    const stem = stemOf(image.fileName);
    const others = stems.get(stem);
    if (others === undefined) stems.set(stem, [image]);
    else others.push(image);
  }
  return stems;
}
