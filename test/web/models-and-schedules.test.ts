import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { checkPage } from '../kit/browser/check-page.ts';
import { comesTo } from '../kit/browser/comes-to.ts';
import { openCvatDesk } from '../kit/browser/cvat-desk.ts';
import { describeInBrowser } from '../kit/browser/describe-in-browser.ts';
import { logIn } from '../kit/browser/log-in.ts';
import { openBrowser, type TestBrowser } from '../kit/browser/open-browser.ts';
import { openWebSite, type WebSite } from '../kit/browser/web-site.ts';

describeInBrowser('the pages of schedules and models', () => {
  let site: WebSite;
  let browser: TestBrowser;
  let page: Page;
  const train = () => ['--model', site.sandbox.facts.model, '--max-epochs', '2', '--gate', 'ask'];
  /** The second iteration trains while schedules are looked at; the first one makes the project of both. */
  let second = Promise.resolve();
  const startSecond = async (): Promise<void> => {
    const desk = openCvatDesk(site.sandbox.facts);
    while ((await desk.jobs()).length === 0) await setTimeout(200);
    await site.start('SurgVU', 'Batch 8', train());
  };
  beforeAll(async () => {
    [site, browser] = await Promise.all([openWebSite({ sandboxWords: ['--young-model'] }), openBrowser()]);
    await site.start('SurgVU', 'Batch 7', train());
    second = startSecond();
    void second.catch(() => undefined);
    page = await browser.open(`${site.url}/schedules`);
  });
  afterAll(async () => {
    await second.catch(() => undefined);
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
    await page.getByText('at 08:00 on Monday to Friday in Europe/Berlin').waitFor();
    await page
      .getByText(/08:00 CET|08:00 CEST|08:00 GMT\+[12]/)
      .nth(2)
      .waitFor();
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

  it('ask for the times of a span that has passed, and say what came of each', async () => {
    await page.getByRole('button', { name: 'Backfill' }).click();
    const dialog = page.getByRole('dialog');
    const asks = dialog.getByRole('button', { name: 'Backfill' });
    await comesTo(async () => asks.isDisabled(), true);
    await dialog.getByLabel('From').fill('2026-03-02T07:00');
    await dialog.getByLabel('To').fill('2026-03-02T06:00');
    await dialog.getByText('This is not after its beginning.').waitFor();
    await comesTo(async () => asks.isDisabled(), true);
    // Monday and Tuesday, of which each has one time.
    await dialog.getByLabel('To').fill('2026-03-03T09:00');
    await asks.click();
    await page.getByRole('table', { name: 'Last times' }).getByText('Skipped').nth(2).waitFor();
  });

  it('delete a schedule only when that is confirmed', async () => {
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByText('gone for good').waitFor();
    await page.getByRole('button', { name: 'Do nothing' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { level: 1, name: 'Schedules' }).waitFor();
    await page.getByText('There is no schedule.').waitFor();
  });

  it('keep the model from before, or publish the new one, as a person answers', async () => {
    await second;
    for (const [task, button, shown] of [
      ['Batch 7', 'Keep the model before', 'Declined'],
      ['Batch 8', 'Publish the new model', 'Promoted'],
    ] as const) {
      await page.goto(`${site.url}/iterations/${encodeURIComponent(`SurgVU/${encodeURIComponent(task)}`)}`);
      await page.getByRole('button', { name: button }).click();
      await page.getByRole('dialog').getByRole('button', { name: button }).click();
      await page.getByText('It is finished').waitFor();
      await page.getByRole('link', { name: 'Models' }).click();
      await page.getByRole('row').filter({ hasText: task }).getByText(shown).waitFor();
    }
  });

  const published = () => page.getByRole('row').filter({ hasText: 'Published' });
  const isPublished = async (): Promise<string> =>
    (await published().getByRole('rowheader').locator('code').textContent()) ?? '';

  it('show versions with what they are worth, and promote one after saying what that does, with a reason', async () => {
    const promote = page.getByRole('button', { name: /^Promote / });
    await promote.first().waitFor();
    await checkPage(page);
    const before = await isPublished();
    await promote.first().click();
    await page.getByRole('dialog').getByText(`in place of ${before}`).waitFor();
    await page.getByRole('dialog').getByLabel('Why').fill('sees smoke better');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Promote / })
      .click();
    await published().filter({ hasNotText: before }).getByText('sees smoke better').waitFor();
  });

  it('roll back to the model before, with a reason', async () => {
    const before = await isPublished();
    await page.getByRole('button', { name: 'Roll back' }).click();
    await page.getByRole('dialog').getByLabel('Why').fill('worse at night');
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
    const now = published().filter({ hasNotText: before });
    await now.getByText('worse at night').waitFor();
    await now.getByText('Published again').waitFor();
  });
});
