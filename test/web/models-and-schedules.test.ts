import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { checkPage } from '../kit/browser/check-page.ts';
import { describeInBrowser } from '../kit/browser/describe-in-browser.ts';
import { logIn } from '../kit/browser/log-in.ts';
import { openBrowser, type TestBrowser } from '../kit/browser/open-browser.ts';
import { openWebSite, type WebSite } from '../kit/browser/web-site.ts';

describeInBrowser('the pages of schedules and models', () => {
  let site: WebSite;
  let browser: TestBrowser;
  let page: Page;
  beforeAll(async () => {
    [site, browser] = await Promise.all([openWebSite({ sandboxWords: ['--young-model'] }), openBrowser()]);
    await site.start('SurgVU', 'Batch 7', ['--model', site.sandbox.facts.model, '--max-epochs', '2']);
    page = await browser.open(`${site.url}/schedules`);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  afterEach(() => browser.requireNoComplaint());

  it('say what to do where there is no schedule, and make one only of what is complete', async () => {
    await logIn(page);
    await page.getByText('There is no schedule.').waitFor();
    await page.getByRole('button', { name: 'New schedule' }).click();
    await page.getByRole('button', { name: 'Make the schedule' }).click();
    await page.getByText('Name the loop.').waitFor();
    await checkPage(page);
    await page.getByLabel('Project in CVAT').fill('SurgVU');
    await page.getByLabel('Loop', { exact: true }).fill('tools');
    await page.getByRole('button', { name: 'Make the schedule' }).click();
    await page.getByRole('heading', { level: 1, name: 'Schedule of SurgVU / tools' }).waitFor();
    await page.getByText('at 0 8 * * MON-FRI in Europe/Berlin').waitFor();
    expect(await page.getByText(/08:00 CET|08:00 CEST|08:00 GMT\+[12]/).count()).toBeGreaterThan(2);
  });

  it('ask the loop now, and say what came of it', async () => {
    await page.getByRole('button', { name: 'Ask now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Ask now' }).click();
    await page.getByText('Skipped').waitFor();
    await checkPage(page);
  });

  it('pause with a note, and resume', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByLabel('Why').fill('the cameras are away');
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByText('the cameras are away').waitFor();
    await page.getByText('None while it is paused.').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
    await page.getByText('None while it is paused.').waitFor({ state: 'detached' });
  });

  it('show versions with what they are worth, and promote one after saying what that does', async () => {
    await page.getByRole('link', { name: 'Models' }).click();
    await page.getByRole('heading', { name: /segmentation/ }).waitFor();
    const published = page.getByRole('row').filter({ hasText: 'Published' });
    await page
      .getByRole('button', { name: /^Promote / })
      .first()
      .waitFor();
    await checkPage(page);
    const before = await published.getByRole('rowheader').locator('code').textContent();
    await page
      .getByRole('button', { name: /^Promote / })
      .first()
      .click();
    await page.getByRole('dialog').getByText(`in place of ${before}`).waitFor();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Promote / })
      .click();
    await published.filter({ hasNotText: before ?? '' }).waitFor();
  });
});
