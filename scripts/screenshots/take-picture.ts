import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { WIDTHS } from '../../test/kit/browser/open-browser.ts';
import type { Picture } from './pictures.ts';

/** A picture in the repository may have so many bytes. */
const MOST_BYTES = 400_000;

/**
 * Takes one picture at the widths and in the schemes that it is wanted in, as a PNG with a palette. The page is left wide and light.
 *
 * @returns the files
 * @throws Error if one is too large
 */
export async function takePicture(
  page: Page,
  url: string,
  picture: Picture,
  folder: string,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  await page.goto(url + picture.path);
  await picture.ready(page);
  const files: string[] = [];
  const shoot = async (suffix: string): Promise<void> => {
    const file = path.join(folder, `${picture.name}${suffix}.png`);
    const shot = await page.screenshot();
    await writeFile(file, await sharp(shot).png({ palette: true, effort: 10, compressionLevel: 9 }).toBuffer());
    const { size } = await stat(file);
    if (size > MOST_BYTES) throw new Error(`${file} has ${size} bytes; at most ${MOST_BYTES}`);
    files.push(file);
  };
  if (picture.narrow === true) {
    await page.setViewportSize(WIDTHS.narrow);
    await shoot('-narrow');
    await page.setViewportSize(WIDTHS.wide);
  }
  if (picture.dark === true) {
    await page.emulateMedia({ colorScheme: 'dark' });
    await shoot('-dark');
    await page.emulateMedia({ colorScheme: 'light' });
  }
  await shoot('');
  return files;
}
