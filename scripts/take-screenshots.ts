/**
 * Takes the pictures of the pages that README and docs show, into docs/images: from real processes on generated frames. Words name the
 * pictures that are wanted; all without.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { logIn } from '../test/kit/browser/log-in.ts';
import { openBrowser } from '../test/kit/browser/open-browser.ts';
import { openWebSite } from '../test/kit/browser/web-site.ts';
import { PICTURES } from './screenshots/pictures.ts';
import { prepareSite } from './screenshots/prepare-site.ts';
import { takePicture } from './screenshots/take-picture.ts';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../docs/images');
const only = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const site = await openWebSite({
  frames: 40,
  sandboxWords: ['--young-model'],
  settings: (dir) => ({ MASKLOOP_ROOTS: path.join(dir, 'frames') }),
});
const browser = await openBrowser();
try {
  await prepareSite(site, say);
  const page = await browser.open(site.url);
  await logIn(page);
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  for (const picture of PICTURES.filter(({ name }) => only.length === 0 || only.includes(name))) {
    for (const file of await takePicture(page, site.url, picture, folder)) say(path.relative(process.cwd(), file));
  }
} finally {
  await browser.close();
  await site.close();
}
