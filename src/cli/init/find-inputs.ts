import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Category } from '../../contracts/categories.ts';
import type { MaskSurvey } from '../../coco/survey-masks.ts';
import { listFiles } from '../../storage/folder-files.ts';
import type { CliContext } from '../context.ts';
import { readInputFile } from '../read-input-file.ts';

/** What lies in the folders that a file is written for; null for what is not there. */
export interface Inputs {
  readonly masks: { readonly dir: string; readonly survey: MaskSurvey } | null;
  readonly images: { readonly dir: string; readonly names: readonly string[] } | null;
  readonly categories: { readonly file: string; readonly list: readonly Category[] } | null;
  readonly labelMap: string | null;
}

/** Names under which folders and files are looked for, in this order. */
const NAMES = {
  masks: ['masks', 'labels', 'segmentations'],
  images: ['images', 'frames', 'imgs'],
  categories: ['categories.json'],
  labelMap: ['labelmap.txt', 'labelmap.json'],
} as const;

const IMAGE = /\.(?:png|jpe?g|bmp|tiff?|webp)$/i;

/** Masks that are read to know their values. */
const MOST_MASKS = 50;

/**
 * Looks for masks, images and categories: where flags name them, else in the folder under the usual names.
 *
 * @throws MaskloopError `UnreadableFile` for a folder that a flag names and that cannot be read; `InvalidCategories`
 */
export async function findInputs(
  context: Pick<CliContext, 'parseCategories' | 'surveyMasks'>,
  dir: string,
  named: { readonly masks: string | undefined; readonly images: string | undefined },
): Promise<Inputs> {
  const masks = named.masks ?? (await firstThere('folder', [dir], NAMES.masks));
  const images = named.images ?? (await firstThere('folder', [dir], NAMES.images));
  const around = [dir, ...(masks === null ? [] : [masks, path.dirname(path.resolve(masks))])];
  const categories = await firstThere('file', around, NAMES.categories);
  return {
    masks: masks === null ? null : { dir: masks, survey: await context.surveyMasks(masks, MOST_MASKS) },
    images: images === null ? null : await imagesIn(images),
    categories: categories === null ? null : { file: categories, list: await readList(context, categories) },
    labelMap: await firstThere('file', around, NAMES.labelMap),
  };
}

/** Folders beside or in the images that hold something else than frames. */
const NO_FRAMES = /(?:^|\/)(?:masks|labels|segmentations|truth|ground[_-]?truth|predictions)\//i;

/** Where frames and masks lie in folders of one folder, the frames are those in its folder of images. */
async function imagesIn(dir: string): Promise<NonNullable<Inputs['images']>> {
  const names = (await listFiles(dir)).filter((name) => IMAGE.test(name));
  const inner = await firstThere('folder', [dir], NAMES.images);
  if (inner === null || !names.some((name) => NO_FRAMES.test(name))) return { dir, names };
  return { dir: inner, names: (await listFiles(inner)).filter((name) => IMAGE.test(name)) };
}

async function readList(context: Pick<CliContext, 'parseCategories'>, file: string): Promise<readonly Category[]> {
  return context.parseCategories((await readInputFile('categories file', file)).toString('utf8'), file);
}

async function firstThere(
  kind: 'file' | 'folder',
  folders: readonly string[],
  names: readonly string[],
): Promise<string | null> {
  for (const place of folders.flatMap((folder) => names.map((name) => path.join(folder, name)))) {
    const found = await stat(place).catch(() => null);
    if (found !== null && found.isDirectory() === (kind === 'folder')) return place;
  }
  return null;
}
