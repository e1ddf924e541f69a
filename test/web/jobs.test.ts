import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { checkPage } from '../kit/browser/check-page.ts';
import { comesTo } from '../kit/browser/comes-to.ts';
import { openCvatDesk, type CvatDesk, type DeskJob } from '../kit/browser/cvat-desk.ts';
import { describeInBrowser } from '../kit/browser/describe-in-browser.ts';
import { logIn } from '../kit/browser/log-in.ts';
import { openBrowser, type TestBrowser } from '../kit/browser/open-browser.ts';
import { openWebSite, type WebSite } from '../kit/browser/web-site.ts';

const ONE_A_JOB = ['--no-train', '--segment-size', '1', '--assign', 'anna,ben'];

describeInBrowser('the jobs page', () => {
  let site: WebSite;
  let browser: TestBrowser;
  let page: Page;
  let desk: CvatDesk;
  let jobs: readonly [DeskJob, DeskJob, ...DeskJob[]];
  beforeAll(async () => {
    [site, browser] = await Promise.all([openWebSite({ sandboxWords: ['--no-annotator'] }), openBrowser()]);
    desk = openCvatDesk(site.sandbox.facts);
    await Promise.all(['anna', 'ben', 'chloe'].map(async (name) => desk.join(name)));
    await site.start('SurgVU', 'Batch 7', ONE_A_JOB);
    jobs = await desk.waitForJobs(4);
    await desk.move(jobs[0].id, 'rejected');
    await desk.remark(jobs[1].id, 1, 'the tip is missing');
    page = await browser.open(`${site.url}/jobs`);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  afterEach(() => browser.requireNoComplaint());

  it('shows who has what, what is rejected, and remarks that are open', async () => {
    await logIn(page);
    await page.getByRole('heading', { name: 'Open jobs 4' }).waitFor();
    await page.getByRole('button', { name: 'Open: 2 jobs of ben' }).waitFor();
    await page.getByText('Not enough to tell').waitFor();
    await page.getByText('1 open', { exact: true }).waitFor();
    await checkPage(page);
  });

  it('shows the jobs of a kind and a person by an address that can be passed on', async () => {
    await page.getByRole('button', { name: 'Rejected: 1 job of anna' }).click();
    await page.getByRole('heading', { name: 'Rejected jobs 1' }).waitFor();
    await comesTo(() => new URL(page.url()).search, '?who=anna&show=rejected');
    await page.reload();
    await page.getByRole('link', { name: `Job ${jobs[0].id}` }).waitFor();
    await comesTo(async () => page.getByRole('link', { name: /^Job / }).count(), 1);
  });

  it('gives jobs to somebody after it has said what that does', async () => {
    await page.goto(`${site.url}/jobs?who=anna`);
    await page.getByRole('button', { name: 'Choose all 2' }).click();
    await page.getByRole('combobox', { name: 'Give them to' }).fill('chloe');
    await page.getByRole('button', { name: 'Give 2 jobs to chloe' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('chloe becomes the assignee of 2 jobs: 2 of SurgVU / Batch 7.').waitFor();
    await checkPage(page);
    await dialog.getByRole('button', { name: 'Give 2 jobs to chloe' }).click();
    await page.getByText('chloe has 2 jobs more').waitFor();
    await page.getByRole('button', { name: 'Open: 2 jobs of chloe' }).waitFor();
    const assignees = (await desk.jobs()).map(({ assignee }) => assignee?.username);
    expect(assignees).toEqual(['chloe', 'ben', 'chloe', 'ben']);
  });

  it('says of whom CVAT does not know that nothing was given', async () => {
    await page.goto(`${site.url}/jobs?who=ben`);
    await page.getByRole('button', { name: 'Choose all 2' }).click();
    await page.getByRole('combobox', { name: 'Give them to' }).fill('nobody-at-all');
    await page.getByRole('button', { name: 'Give 2 jobs to nobody-at-all' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Give 2 jobs to nobody-at-all' }).click();
    await page
      .getByText(/stays: .*nobody-at-all/)
      .first()
      .waitFor();
  });

  it('gives no job of a task that is only observed, and says why', async () => {
    await site.run(['cancel', 'SurgVU/Batch%207']);
    await page.goto(`${site.url}/jobs`);
    await page.getByText('No iteration has jobs now.').waitFor();
    const { categoriesFile } = site.sandbox.facts;
    const task = ['--project', 'SurgVU', '--task', 'Batch 7', '--categories', categoriesFile];
    await site.run(['start', ...task, '--as-is', '--no-train', '--poll', '1s']);
    await page.getByText('Jobs with a grey box cannot be chosen.').waitFor();
    await page.getByLabel(`Job ${jobs[0].id} cannot be chosen. An iteration that only observes`).waitFor();
    await comesTo(async () => page.getByRole('button', { name: /^Choose all/ }).count(), 0);
    await checkPage(page);
    await page.getByRole('link', { name: 'SurgVU / Batch 7' }).first().click();
    await page.getByText('This iteration only observes its task').waitFor();
    await comesTo(async () => page.getByRole('button', { name: 'Give jobs to somebody else' }).isDisabled(), true);
  });
});
