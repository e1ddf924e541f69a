import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { stringify } from 'yaml';
import { checkPage } from '../kit/browser/check-page.ts';
import { describeInBrowser } from '../kit/browser/describe-in-browser.ts';
import { logIn } from '../kit/browser/log-in.ts';
import { openBrowser, type TestBrowser } from '../kit/browser/open-browser.ts';
import { openWebSite, type WebSite } from '../kit/browser/web-site.ts';

describeInBrowser('the pages of loops', () => {
  let site: WebSite;
  let browser: TestBrowser;
  let page: Page;
  const text = () => page.getByLabel('maskloop.yaml');
  const file = (name: string): string => {
    const { categoriesFile, imagesDir, model } = site.sandbox.facts;
    return stringify({
      name,
      project: 'SurgVU',
      taskName: 'Iteration_{n}',
      categories: categoriesFile,
      pool: { images: imagesDir },
      batch: { size: 2, strategy: 'random', seed: '1' },
      masks: { first: 'predict' },
      cvat: { createProject: true, poll: '1s', quiet: '1s' },
      training: { model, heldOutFrames: 2 },
    });
  };
  const starts = () => page.getByRole('button', { name: 'Start the loop' });
  beforeAll(async () => {
    const settings = (dir: string) => ({ MASKLOOP_ROOTS: dir });
    [site, browser] = await Promise.all([
      openWebSite({ frames: 8, sandboxWords: ['--no-annotator', '--young-model'], settings }),
      openBrowser(),
    ]);
    page = await browser.open(`${site.url}/loops?new=1`);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  afterEach(() => browser.requireNoComplaint());

  it('say in which line and column what is wrong with a text, before it can be started', async () => {
    await logIn(page);
    await text().fill('name: tools\nbatch: { size: 0 }\n');
    await page
      .getByText(/line 2, column \d+/i)
      .first()
      .waitFor();
    expect(await starts().isDisabled()).toBe(true);
    await checkPage(page);
  });

  it('say what a text means, start the loop after a question, and show it', async () => {
    await text().fill(file('tools'));
    await starts().and(page.locator(':enabled')).waitFor();
    await checkPage(page);
    await starts().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Start the loop' }).click();
    await page.getByRole('heading', { level: 1, name: 'SurgVU / tools' }).waitFor();
    await page.getByText('Iterates', { exact: true }).waitFor();
    // Frames to measure on are labelled first.
    await page.getByRole('link', { name: /^SurgVU \/ Iteration_/ }).waitFor();
    await page.getByText('No iteration is through yet.').waitFor();
  });

  it('change no other loop by the text of that one', async () => {
    const changes = page.getByRole('button', { name: 'Change the loop' });
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await text().fill(file('others'));
    await page.getByText('The text is of another loop: SurgVU / others.').waitFor();
    expect(await changes.isDisabled()).toBe(true);
    await text().fill(file('tools'));
    await changes.and(page.locator(':enabled')).waitFor();
  });

  it('pause the loop, go on, and stop it with a note', async () => {
    for (const [word, shown] of [
      ['Pause', 'Paused'],
      ['Resume', 'Iterates'],
    ] as const) {
      await page.getByRole('button', { name: word, exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: word, exact: true }).click();
      await page.getByText(shown, { exact: true }).waitFor();
    }
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('dialog').getByLabel('Why').fill('enough is known');
    await page.getByRole('dialog').getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('Ends after this iteration').waitFor();
    await checkPage(page);
    await page.getByRole('link', { name: 'Loops' }).click();
    await page.getByRole('link', { name: 'SurgVU / tools' }).waitFor();
  });
});
