import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Operations } from '../../src/operations/operations.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import { openApiSite, TOKENS, type ApiSite } from '../kit/api-site.ts';
import { checkPage } from '../kit/browser/check-page.ts';
import { comesTo } from '../kit/browser/comes-to.ts';
import { describeInBrowser } from '../kit/browser/describe-in-browser.ts';
import { logIn } from '../kit/browser/log-in.ts';
import { openBrowser, type TestBrowser } from '../kit/browser/open-browser.ts';
import { listedIteration, shownIndex, viewOf } from '../kit/browser/shown-iterations.ts';

const ROW = listedIteration({ task: 'Batch 9', connection: 'north' });

/** Nothing is wrong with any start. */
const PLAN = {
  project: { name: 'SurgVU', id: 1 },
  task: { name: 'Batch 9', id: null, url: null, frames: null },
  dataset: { masks: 2, emptyMasks: 0, shapes: 2, bytes: 100 },
  labels: [],
  frames: null,
  jobs: [],
  jobCount: 0,
  holds: null,
  inFlight: null,
  troubles: [],
} as const;

describeInBrowser('a server that begins anew between the upload and the start', () => {
  let folder = '';
  let sites: readonly ApiSite[] = [];
  let site: ApiSite;
  let browser: TestBrowser;
  let page: Page;
  let masks = '';
  const sent: string[] = [];
  let begun = 0;
  const begunAnew = (): void => {
    begun += 1;
    sent.length = 0;
  };
  const begins = () => page.getByRole('button', { name: 'Start the iteration' }).and(page.locator(':enabled'));
  const press = async (): Promise<void> => {
    await begins().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Start the iteration' }).click();
  };
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'maskloop-anew-'));
    const store = createFolderStore(path.join(folder, 'store'));
    await mkdir(path.join(folder, 'masks'));
    for (const name of ['a', 'b']) await writeFile(path.join(folder, 'masks', `${name}.png`), name);
    const categories = await store.put(Buffer.from('[]'));
    const operations: Partial<Operations> = {
      projectCategories: async () => ({ categories, rows: [{ value: 1, name: 'tool' }], classes: 1 }),
      plan: async () => PLAN,
      start: async ({ input }) => {
        masks = input.masks?.uri ?? '';
        return { id: ROW.id, outcome: 'started' };
      },
      describe: async (id) => viewOf([ROW], id, null),
    };
    const index = shownIndex(() => [ROW]);
    const open = async () => openApiSite(operations, { index, store });
    // Each remembers what it was sent, as a server does until it ends.
    [sites, browser] = await Promise.all([Promise.all([open(), open(), open()]), openBrowser()]);
    [site] = sites as [ApiSite];
    page = await browser.open(`${site.url}/start?connection=north&project=SurgVU&task=Batch+9&trains=no`);
    await logIn(page, TOKENS.north);
    await page.route('**/api/v1/**', async (route) => {
      const { url: own } = site;
      const request = route.request();
      if (request.method() === 'PUT') sent.push(request.url());
      if (request.url().endsWith('/events')) return route.continue();
      const { url } = sites[begun] ?? site;
      const headers = { ...(await request.allHeaders()), origin: url, host: new URL(url).host };
      const response = await route.fetch({ url: request.url().replace(own, url), headers });
      return route.fulfill({ response });
    });
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all(sites.map(async (one) => one.close()));
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => browser.requireNoComplaint());

  it('is sent the chosen files again by the page, and starts', async () => {
    await page.getByLabel('Masks: folder of this machine').setInputFiles(path.join(folder, 'masks'));
    await page.getByText('2 files in the store').waitFor();
    await page.getByText('1 tool').waitFor();
    await begins().waitFor();
    begunAnew();
    await press();
    await page.waitForURL(`${site.url}/iterations/**`);
    // Two masks, and the list of them.
    expect(new Set(sent).size).toBe(3);
    expect(masks).toMatch(/^store:/);
  });

  it('has the files chosen anew where the page has them no longer', async () => {
    await page.goto(`${site.url}/start?connection=north&project=SurgVU&task=Batch+9&trains=no`);
    const field = page.getByRole('group', { name: 'Masks' });
    await field.getByRole('button', { name: 'In the store' }).click();
    await field.getByLabel('Masks: address in the store').fill(masks);
    await field.getByRole('button', { name: 'Take it' }).click();
    await page.getByText('2 files in the store').waitFor();
    await page.getByText('1 tool').waitFor();
    await begins().waitFor();
    begunAnew();
    await press();
    const alert = page.getByRole('dialog').getByRole('alert');
    await comesTo(
      async () => alert.innerText(),
      expect.stringMatching(/by itself: masks\.\s+Choose the same folder or file again/),
    );
    await checkPage(page);
    expect(sent).toEqual([]);
  });
});
