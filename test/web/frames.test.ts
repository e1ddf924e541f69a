import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { encodeCounts } from '../../src/coco/rle.ts';
import type { ArtifactRef } from '../../src/contracts/refs.ts';
import type { Material } from '../../src/operations/looks/material.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import { openApiSite, TOKENS, type ApiSite } from '../kit/api-site.ts';
import { checkPage } from '../kit/browser/check-page.ts';
import { comesTo } from '../kit/browser/comes-to.ts';
import { describeInBrowser } from '../kit/browser/describe-in-browser.ts';
import { openOverview } from '../kit/browser/log-in.ts';
import { openBrowser, type TestBrowser } from '../kit/browser/open-browser.ts';
import { sampleView } from '../unit/cli/fake-context.ts';

const ID = 'SurgVU/Iteration_1';
const AT = `/iterations/${encodeURIComponent(ID)}?part=frames&order=name`;

/** Frames of the list: `frame_000.png` to `frame_249.png`. Two of three are night frames. */
const names = Array.from({ length: 250 }, (_, at) => nameAt(at, at % 3 === 0 ? 'day' : 'night'));

function nameAt(at: number, when: string): string {
  return `frame_${String(at).padStart(3, '0')}_${when}.png`;
}

/** An iteration whose masks are converted: 250 frames, a small square on each. */
async function materialIn(store: ReturnType<typeof createFolderStore>): Promise<Material> {
  const put = async (value: unknown): Promise<ArtifactRef> => store.put(Buffer.from(JSON.stringify(value)));
  const categories = [{ id: 1, name: 'tool' }];
  const images = names.map((file_name, at) => ({ id: at + 1, file_name, width: 40, height: 30 }));
  const square = { category_id: 1, area: 16, bbox: [5, 5, 4, 4], iscrowd: 0 };
  const segmentation = { size: [30, 40], counts: encodeCounts([155, 4, 26, 4, 26, 4, 26, 4, 951]) };
  const annotations = images.map(({ id }) => ({ id, image_id: id, ...square, segmentation }));
  const document = await put({ images, annotations, categories, info: { description: 'of a test' }, licenses: [] });
  const counts = { skippedPixels: {}, dropped: { components: 0, pixels: 0 } };
  const dataset = { document, preannotations: document, images: 250, annotations: 250, ...counts };
  return {
    id: ID,
    place: { connection: 'default', project: 'SurgVU', task: 'Iteration_1' },
    input: {
      images: null,
      masks: null,
      categories: await put(categories),
      tellPeople: 'names',
      completion: { rule: 'state' },
    },
    results: { dataset },
    view: sampleView(),
  };
}

describeInBrowser('the frames of an iteration, three pages of them', () => {
  let folder: string;
  let site: ApiSite;
  let browser: TestBrowser;
  let page: Page;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'maskloop-frames-'));
    const store = createFolderStore(folder);
    const material = await materialIn(store);
    const looks = { material: async () => material, picture: never, jobs: never };
    const operations = { describe: async () => material.view };
    [site, browser] = await Promise.all([openApiSite(operations, { store, looks }), openBrowser()]);
    page = await openOverview(browser, site.url, TOKENS.viewer);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => browser.requireNoComplaint());

  const shows = async (name: string): Promise<void> => {
    await page.getByRole('heading', { level: 3, name, exact: true }).waitFor();
    await page.locator(`canvas[data-frame="${name}"]`).waitFor();
  };
  const marked = async (name: string): Promise<void> =>
    page.getByRole('list', { name: 'Frames' }).locator('[aria-current]', { hasText: name }).waitFor();

  it('are stepped through over the end of a page, and back again', async () => {
    await page.goto(`${site.url}${AT}&frame=${nameAt(99, 'day')}`);
    await shows(nameAt(99, 'day'));
    await page.getByRole('button', { name: 'Next frame' }).click();
    await shows(nameAt(100, 'night'));
    await marked(nameAt(100, 'night'));
    await page.getByText('101 to 200 of 250').waitFor();
    await page.getByRole('button', { name: 'Previous frame' }).click();
    await shows(nameAt(99, 'day'));
    await marked(nameAt(99, 'day'));
    await page.getByText('1 to 100 of 250').waitFor();
    await checkPage(page);
  });

  it('are stepped through in a narrowed list as well, by keys', async () => {
    const night = names.filter((name) => name.includes('night'));
    await page.goto(`${site.url}${AT}&name=night&from=100`);
    await shows(String(night[100]));
    // It is known once the button says so.
    await page.locator('button:enabled', { hasText: 'Previous frame' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await shows(String(night[99]));
    await marked(String(night[99]));
    await page.locator('button:enabled', { hasText: 'Next frame' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await shows(String(night[100]));
    await marked(String(night[100]));
  });

  it('end at their first and at their last', async () => {
    await page.goto(`${site.url}${AT}&from=200&frame=${nameAt(249, 'day')}`);
    await shows(nameAt(249, 'day'));
    await comesTo(async () => page.getByRole('button', { name: 'Next frame' }).isDisabled(), true);
    await page.goto(`${site.url}${AT}`);
    await shows(nameAt(0, 'day'));
    await comesTo(async () => page.getByRole('button', { name: 'Previous frame' }).isDisabled(), true);
  });
});

async function never(): Promise<never> {
  throw new Error('no look is to be expected');
}
