import { classReader } from '../coco/class-reader.ts';
import type { Mask } from '../coco/mask.ts';
import { narrowMask } from '../coco/narrow-mask.ts';
import { paintRuns } from '../coco/paint-runs.ts';
import type { Category } from '../contracts/categories.ts';
import type { ConversionRules } from '../contracts/conversion.ts';
import { stemOf } from '../contracts/file-stem.ts';
import type { FolderContents } from '../storage/folder-contents.ts';
import type { LabelSource } from './label-source.ts';

/**
 * The PNG masks of a folder, their values and colours read as the masks of the loop are.
 *
 * @param contents of the folder
 */
export function folderLabels(
  contents: FolderContents,
  categories: readonly Pick<Category, 'id'>[],
  rules: ConversionRules,
): LabelSource {
  const files = new Map(contents.names.filter((name) => /\.png$/i.test(name)).map((name) => [stemOf(name), name]));
  const reader = classReader(new Set(categories.map(({ id }) => id)), rules);
  return {
    stems: new Set(files.keys()),
    read: async (stem) => {
      const name = files.get(stem) ?? stem;
      const { width, height, classes } = reader(await contents.read(name), `${contents.where}/${name}`);
      const mask: Mask = { width, height, values: new Uint16Array(width * height) };
      for (const { value, runs } of classes) paintRuns(mask, runs, value);
      return narrowMask(mask);
    },
  };
}
