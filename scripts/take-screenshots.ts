/** Takes the pictures of the pages that README and docs show, into docs/images: from real processes on generated frames. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser } from '../test/kit/browser/open-browser.ts';
import { logIn } from '../test/kit/browser/log-in.ts';
import { openWebSite } from '../test/kit/browser/web-site.ts';
import { PICTURES } from './screenshots/pictures.ts';
import { takePicture } from './screenshots/take-picture.ts';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../docs/images');
const only = process.argv.slice(2);
const site = await openWebSite({ frames: 12 });
const browser = await openBrowser();
try {
  await site.start('SurgVU', 'Batch 7');
  await site.start('SurgVU', 'Batch 8');
  await site.start('Endoscopy', 'Polyps 3');
  const page = await browser.open(site.url);
  await logIn(page);
  await page.getByRole('navigation').first().waitFor({ state: 'attached' });
  for (const picture of PICTURES.filter(({ name }) => only.length === 0 || only.includes(name))) {
    for (const file of await takePicture(page, site.url, picture, folder)) process.stdout.write(`${file}\n`);
  }
} finally {
  await browser.close();
  await site.close();
}
