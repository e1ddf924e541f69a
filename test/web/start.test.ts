import { randomBytes } from 'node:crypto';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { checkPage } from '../kit/browser/check-page.ts';
import { comesTo } from '../kit/browser/comes-to.ts';
import { openCvatDesk } from '../kit/browser/cvat-desk.ts';
import { describeInBrowser } from '../kit/browser/describe-in-browser.ts';
import { logIn } from '../kit/browser/log-in.ts';
import { openBrowser, WIDTHS, type TestBrowser } from '../kit/browser/open-browser.ts';
import { openWebSite, type WebSite } from '../kit/browser/web-site.ts';
import { zipped } from '../kit/zipped.ts';

/** More than two parts of an upload, of what no zip file makes smaller. */
const NOISE_BYTES = 17 * 1024 * 1024;

describeInBrowser('the start page', () => {
  let site: WebSite;
  let browser: TestBrowser;
  let page: Page;
  const uploads: string[] = [];
  const begins = () => page.getByRole('button', { name: 'Start the iteration' });
  const field = (name: string): Locator => page.getByRole('group', { name, exact: true });
  const frames = (): string => path.dirname(site.sandbox.facts.masksDir);
  /** A zip file of what lies in a folder, and of more. */
  const zipOf = async (dir: string, more: Readonly<Record<string, Buffer>> = {}): Promise<string> => {
    const names = await readdir(dir);
    const files = await Promise.all(
      names.map(async (name) => [`top/${name}`, await readFile(path.join(dir, name))] as const),
    );
    const content: Readonly<Record<string, Buffer>> = Object.fromEntries(files);
    const file = path.join(frames(), `${path.basename(dir)}.zip`);
    await writeFile(file, await zipped({ ...content, ...more }));
    return file;
  };
  beforeAll(async () => {
    const settings = (dir: string) => ({ MASKLOOP_ROOTS: path.join(dir, 'frames') });
    [site, browser] = await Promise.all([openWebSite({ sandboxWords: ['--no-annotator'], settings }), openBrowser()]);
    await openCvatDesk(site.sandbox.facts).join('anna');
    page = await browser.open(`${site.url}/start?project=SurgVU&task=Batch+9&deadline=after`);
    page.on('request', (request) => {
      if (request.method() === 'PUT') uploads.push(request.url());
    });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  afterEach(() => browser.requireNoComplaint());

  it('says what is missing, and takes names and options from an address', async () => {
    await logIn(page);
    await comesTo(async () => page.getByLabel('Project in CVAT').inputValue(), 'SurgVU');
    await page.getByText('Choose the masks.').waitFor();
    await page.getByText('Name the model, or do not train.').waitFor();
    await page.getByRole('button', { name: 'Deadline 1 changed' }).waitFor();
    await comesTo(async () => begins().isDisabled(), true);
    await checkPage(page);
  });

  it('lets one walk through the folders of the server by keyboard, and not out of them', async () => {
    await symlink('/etc', path.join(frames(), 'elsewhere'));
    await field('Masks').getByRole('button', { name: 'On the server' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Masks: a folder on the server' });
    await dialog.getByText('one link that leads elsewhere is left out').waitFor();
    await comesTo(async () => dialog.getByText('elsewhere/').count(), 0);
    await checkPage(page);
    await dialog.getByRole('button', { name: 'masks/ 4 PNG' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByText('frame_000003.png').waitFor();
    // Whoever came by keyboard is at the head of the new list.
    await comesTo(async () => page.evaluate('document.activeElement?.textContent'), '4 PNG');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.setViewportSize(WIDTHS.narrow);
    await field('Masks').getByRole('button', { name: 'On the server' }).click();
    await dialog.getByRole('button', { name: 'masks/ 4 PNG' }).click();
    await dialog.getByRole('button', { name: 'Take this folder (4 PNG)' }).click();
    await field('Masks').getByText(`4 files in ${site.sandbox.facts.masksDir}`).waitFor();
    await page.setViewportSize(WIDTHS.wide);
  });

  it('goes on with an upload that broke off, and sends no file twice', async () => {
    const { imagesDir } = site.sandbox.facts;
    let hasBroken = false;
    await page.route('**/files/*', async (route) => {
      const isSecond = route.request().method() === 'PUT' && uploads.length >= 2;
      if (!isSecond || hasBroken) return route.continue();
      hasBroken = true;
      return route.abort();
    });
    await page.getByLabel('Images: folder of this machine').setInputFiles(imagesDir);
    await page.getByRole('button', { name: 'Go on with the upload' }).click();
    await field('Images').getByText('4 files in the store').waitFor();
    await page.unroute('**/files/*');
    const before = uploads.length;
    await field('Images').getByRole('button', { name: 'Take others' }).click();
    await page.getByLabel('Images: folder of this machine').setInputFiles(imagesDir);
    await field('Images').getByText('4 files in the store').waitFor();
    // Only the list of the files, which says nothing new either.
    expect(uploads.length).toBeLessThanOrEqual(before + 1);
  });

  it('takes a zip file, goes on with it where it broke off, and has it unpacked', async () => {
    const { masksDir } = site.sandbox.facts;
    const zip = await zipOf(masksDir, {
      'top/noise.bin': randomBytes(NOISE_BYTES),
      '__MACOSX/top/._a': Buffer.from('x'),
    });
    const sent: string[] = [];
    let isBroken = true;
    await page.route('**/uploads/*', async (route) => {
      const isPart = route.request().method() === 'PUT';
      if (isPart) sent.push(route.request().url());
      return isPart && isBroken && sent.length > 1 ? route.abort() : route.continue();
    });
    const arrived = page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.ok());
    await field('Masks').getByRole('button', { name: 'Take others' }).click();
    await page.getByLabel('Masks: zip file of this machine').setInputFiles(zip);
    await arrived;
    await page.getByRole('button', { name: 'Go on with the upload' }).waitFor();
    isBroken = false;
    await page.getByRole('button', { name: 'Go on with the upload' }).click();
    await field('Masks').getByText('5 files in the store').waitFor();
    await page.unroute('**/uploads/*');
    // Of three parts the one that had arrived was not sent again.
    expect(sent.filter((address) => address === sent[0])).toHaveLength(1);
    expect(new Set(sent).size).toBe(3);
  });

  it('says what is wrong with a zip file that cannot be taken', async () => {
    const file = path.join(frames(), 'links.zip');
    await writeFile(file, await zipped({ 'a.png': '/etc/passwd' }, { mode: 0o120777 }));
    await field('Masks').getByRole('button', { name: 'Take others' }).click();
    await page.getByLabel('Masks: zip file of this machine').setInputFiles(file);
    await field('Masks').locator('[data-code="ZipRefused"]').getByText('"a.png" is a link').waitFor();
    await page.getByLabel('Masks: zip file of this machine').setInputFiles(await zipOf(site.sandbox.facts.masksDir));
    await field('Masks').getByText('4 files in the store').waitFor();
  });

  it('shows in place what keeps a start from working, and at the field where it is mended', async () => {
    await page.getByLabel('Classes: file with categories').setInputFiles(site.sandbox.facts.categoriesFile);
    await page.getByLabel('Train a model').uncheck();
    await page.locator('[data-code="ProjectNotFound"]').first().waitFor();
    await page.getByLabel('Project in CVAT').and(page.locator('[aria-invalid=true]')).waitFor();
    await comesTo(async () => begins().isDisabled(), true);
    await page.getByLabel('Make the project').check();
    await page.getByRole('button', { name: /^Done and reviewed/ }).click();
    await page.getByLabel('Reviewers').fill('nobody');
    await page.getByLabel('Reviewers').and(page.locator('[aria-invalid=true]')).waitFor();
    await page.getByText('CVAT knows nobody named "nobody"').first().waitFor();
    await page.getByLabel('Reviewers').fill('anna');
    await page.getByText('all jobs, by anna').waitFor();
    await page.getByLabel('Reviewers').fill('');
  });

  it('shows in the plan what an option changes, and marks what is written wrongly', async () => {
    await page.getByText('14 d after the start; then a person decides').waitFor();
    await page.getByRole('button', { name: /^Deadline/ }).click();
    await page.getByLabel('Time that people have').fill('soon');
    await page.getByText('Correct the option that is marked.').waitFor();
    await page.getByLabel('Time that people have').and(page.locator('[aria-invalid=true]')).waitFor();
    await page.getByLabel('Time that people have').fill('3d');
    await page.getByRole('combobox', { name: 'When it passes with jobs open' }).click();
    await page.getByRole('option', { name: 'Go on with the completed jobs' }).click();
    await page.getByText('3 d after the start; then it goes on with the completed jobs').waitFor();
    await comesTo(() => new URL(page.url()).searchParams.get('deadlineAfter'), '3d');
    const source = page.getByRole('radiogroup', { name: 'Pre-annotations' });
    await source.getByText('None', { exact: true }).click();
    await page.getByText('without pre-annotations').waitFor();
    // By keyboard as well.
    await source.getByRole('radio', { name: 'None' }).press('ArrowUp');
    await source.getByRole('radio', { name: 'Predicted masks' }).press('ArrowUp');
    await field('Masks').getByText('4 files in the store').waitFor();
  });

  it('shows the plan before the button works, starts, and goes to the iteration that waits for people', async () => {
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
    // Who has it is known a moment later: what was looked at before the step after counts no more.
    await page.getByRole('button', { name: 'Open: 1 job of anna' }).waitFor();
  });
});
