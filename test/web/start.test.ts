import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { checkPage } from '../kit/browser/check-page.ts';
import { openCvatDesk } from '../kit/browser/cvat-desk.ts';
import { describeInBrowser } from '../kit/browser/describe-in-browser.ts';
import { logIn } from '../kit/browser/log-in.ts';
import { openBrowser, type TestBrowser } from '../kit/browser/open-browser.ts';
import { openWebSite, type WebSite } from '../kit/browser/web-site.ts';

describeInBrowser('the start page', () => {
  let site: WebSite;
  let browser: TestBrowser;
  let page: Page;
  const uploads: string[] = [];
  const begins = () => page.getByRole('button', { name: 'Start the iteration' });
  beforeAll(async () => {
    [site, browser] = await Promise.all([openWebSite({ sandboxWords: ['--no-annotator'] }), openBrowser()]);
    await openCvatDesk(site.sandbox.facts).join('anna');
    page = await browser.open(`${site.url}/start?project=SurgVU&task=Batch+9`);
    page.on('request', (request) => {
      if (request.method() === 'PUT') uploads.push(request.url());
    });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  afterEach(() => browser.requireNoComplaint());

  it('says what is missing, and takes names from an address', async () => {
    await logIn(page);
    expect(await page.getByLabel('Project in CVAT').inputValue()).toBe('SurgVU');
    await page.getByText('Choose the masks.').waitFor();
    await page.getByText('Name the model, or do not train.').waitFor();
    expect(await begins().isDisabled()).toBe(true);
    await checkPage(page);
  });

  it('goes on with an upload that broke off, and sends no file twice', async () => {
    const { masksDir, imagesDir } = site.sandbox.facts;
    let hasBroken = false;
    await page.route('**/files/*', async (route) => {
      const isSecond = route.request().method() === 'PUT' && uploads.length >= 2;
      if (!isSecond || hasBroken) return route.continue();
      hasBroken = true;
      return route.abort();
    });
    await page.getByLabel('Masks: folder of this machine').setInputFiles(masksDir);
    await page.getByRole('button', { name: 'Go on with the upload' }).click();
    await page.getByText('4 files in the store').waitFor();
    await page.unroute('**/files/*');
    await page.getByLabel('Images: folder of this machine').setInputFiles(imagesDir);
    await page.getByText('4 files in the store').nth(1).waitFor();
    const [before] = [uploads.length];
    await page.getByLabel('Images: folder of this machine').setInputFiles(imagesDir);
    await page.getByText('4 files in the store').nth(1).waitFor();
    // Only the list of the files, which says nothing new either.
    expect(uploads.length).toBeLessThanOrEqual(before + 1);
  });

  it('shows in place what keeps a start from working', async () => {
    await page.getByLabel('Classes: file with categories').setInputFiles(site.sandbox.facts.categoriesFile);
    await page.getByLabel('Train a model').uncheck();
    await page.locator('[data-code="ProjectNotFound"]').first().waitFor();
    expect(await begins().isDisabled()).toBe(true);
  });

  it('shows the plan before the button works, starts, and goes to the iteration that waits for people', async () => {
    await page.getByLabel('Make the project').check();
    await page.getByLabel('People', { exact: true }).fill('anna');
    await page.getByText('both are made').waitFor();
    await begins().and(page.locator(':enabled')).waitFor();
    await checkPage(page);
    await begins().click();
    await page.getByText('Then people are waited for.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Start the iteration' }).click();
    await page.waitForURL(`${site.url}/iterations/SurgVU%2FBatch%25209`);
    await page.goto(`${site.url}/jobs`);
    await page.getByRole('heading', { name: 'Open jobs 1' }).waitFor();
  });
});
