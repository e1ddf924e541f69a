import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { parse, stringify } from 'yaml';
import { checkPage } from '../kit/browser/check-page.ts';
import { comesTo } from '../kit/browser/comes-to.ts';
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
  const changes = () => page.getByRole('button', { name: 'Change the loop' });
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

  const field = (label: string) => page.getByRole('textbox', { name: label, exact: true });
  const mode = (word: 'Form' | 'YAML text') => page.locator('label').getByText(word, { exact: true });

  it('say in the form what is still to be said, and begin with nothing wrong', async () => {
    await logIn(page);
    await page.getByText('Still to be said: Name, Project in CVAT, Images, Model.').waitFor();
    await comesTo(async () => page.locator('[aria-invalid=true]').count(), 0);
    await comesTo(async () => starts().isDisabled(), true);
    await checkPage(page);
    await field('Batch size').fill('0');
    await page.getByText('Must be a whole number from 1.').first().waitFor();
    await field('Batch size').fill('2');
  });

  it('write what the form says into the text, and show what a text says in the form', async () => {
    const { categoriesFile, imagesDir, model } = site.sandbox.facts;
    await field('Name').fill('tools');
    await field('Project in CVAT').fill('SurgVU');
    await page
      .getByRole('combobox', { name: 'Images' })
      .selectOption({ label: 'A folder, or an address in the store' });
    await page.getByRole('textbox', { name: /^Images: / }).fill(imagesDir);
    await page.getByRole('combobox', { name: 'Categories' }).selectOption({ label: "A file with COCO's list" });
    await page.getByRole('textbox', { name: /^Categories: / }).fill(categoriesFile);
    await page.getByRole('textbox', { name: 'Share, %, strategy 2' }).fill('20');
    await page.getByText('The shares add up to 90%, not 100%').first().waitFor();
    await page.getByRole('button', { name: 'Take away strategy 1' }).click();
    await page.getByRole('textbox', { name: 'Share, %, strategy 1' }).fill('100');
    await field('Model').fill(model);
    await page.getByRole('combobox', { name: 'Held out' }).selectOption('frames');
    await page.getByRole('textbox', { name: 'Frames', exact: true }).fill('2');
    await page.getByText('Stopping rules').click();
    await page.getByRole('checkbox', { name: 'Stop at a target' }).check();
    await page.getByText('Deadline', { exact: true }).click();
    await field('Time for people').fill('14');
    await page.getByText('What that means').waitFor();
    await mode('YAML text').click();
    await comesTo(async () => parse(await text().inputValue()), {
      name: 'tools',
      project: 'SurgVU',
      categories: categoriesFile,
      pool: { images: imagesDir },
      batch: { size: 2, strategy: 'random' },
      training: { model, heldOutFrames: 2 },
      stop: { target: { dice: 0.9 } },
      cvat: { deadline: '14d' },
    });
    await comesTo(() => page.url(), expect.stringContaining('as=text'));
  });

  it('keep a text that the form cannot show, and say why', async () => {
    const before = await text().inputValue();
    await text().fill(`${before}nonsense: 1\n`);
    await page.getByText('The form has no field for nonsense.').waitFor();
    await page.getByText(/^Line \d+, column 1:/).waitFor();
    await comesTo(async () => page.getByRole('radio', { name: 'Form' }).isDisabled(), true);
    await comesTo(async () => starts().isDisabled(), true);
    await checkPage(page);
    await text().fill('# with a remark\n' + file('tools'));
    await mode('Form').click();
    await comesTo(async () => field('Batch size').inputValue(), '2');
    await field('Epochs').fill('1');
    await mode('YAML text').click();
    await comesTo(async () => text().inputValue(), expect.stringMatching(/^# with a remark\n[^]*maxEpochs: 1/));
    await mode('Form').click();
  });

  it('say what a text means, start the loop after a question, and show it', async () => {
    await starts().and(page.locator(':enabled')).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Start the loop' }).click();
    await page.getByRole('heading', { level: 1, name: 'SurgVU / tools' }).waitFor();
    await page.getByText('Iterates', { exact: true }).waitFor();
    // Frames to measure on are labelled first.
    await page.getByRole('link', { name: /^SurgVU \/ Iteration_/ }).waitFor();
    await page.getByText('No iteration is through yet.').waitFor();
    await page.getByText('Policy as JSON').waitFor();
  });

  it('change no other loop by the text of that one', async () => {
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await mode('YAML text').click();
    await text().fill(file('others'));
    await page.getByText('The text is of another loop: SurgVU / others.').waitFor();
    await comesTo(async () => changes().isDisabled(), true);
    await page.getByRole('button', { name: 'Change nothing' }).click();
  });

  it('begin an edit with what the loop does, say what changes and from when on, and change it', async () => {
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByText('counts from the next iteration on').waitFor();
    expect(await field('Name').isEditable()).toBe(false);
    await comesTo(async () => field('Epochs').inputValue(), '1');
    await comesTo(async () => changes().isDisabled(), true);
    await field('Epochs').fill('3');
    const meaning = page.getByRole('region', { name: 'What changes' });
    await meaning.getByText(/3 epochs/).waitFor();
    expect(await meaning.locator('del').allTextContents()).toEqual([expect.stringContaining('1 epoch')]);
    await checkPage(page);
    await changes().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Change the loop' }).click();
    await page.getByRole('rowheader', { name: 'edit' }).waitFor();
    await page.getByText('From the next one on').waitFor();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByText('this is what it will do').waitFor();
    await comesTo(async () => field('Epochs').inputValue(), '3');
    await page.getByRole('button', { name: 'Change nothing' }).click();
  });

  it('ask what becomes of an iteration that was cancelled, and do what is answered', async () => {
    const answer = async (word: string, does: RegExp): Promise<void> => {
      await site.run(['cancel', 'SurgVU/Iteration_held_out']);
      await page.reload();
      await page.getByRole('heading', { name: 'Needs a decision' }).waitFor();
      await page
        .getByText(/was cancelled/)
        .first()
        .waitFor();
      expect(
        await page.getByRole('region', { name: 'Needs a decision' }).getByRole('button').allTextContents(),
      ).toEqual(['Try again', 'Skip the step', 'Stop']);
      await page.getByRole('button', { name: word, exact: true }).click();
      await page.getByRole('dialog').getByText(does).waitFor();
      await page.getByRole('dialog').getByRole('button', { name: word, exact: true }).click();
      await page.getByRole('heading', { name: 'Needs a decision' }).waitFor({ state: 'detached' });
    };
    await answer('Try again', /begun again, with the same frames/);
    await page.getByRole('link', { name: 'SurgVU / Iteration_held_out' }).waitFor();
    await answer('Skip the step', /left as it is/);
    await page.getByRole('link', { name: 'SurgVU / Iteration_1' }).waitFor();
    // What was changed meanwhile counts now.
    await page.getByText('From the next one on').waitFor({ state: 'detached' });
    for (const done of ['retry', 'skip']) await page.getByRole('rowheader', { name: done }).waitFor();
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
  });

  it('start a loop that has ended again, with what it did', async () => {
    await site.run(['cancel', 'SurgVU/Iteration_1']);
    const again = page.getByRole('button', { name: 'Start again' });
    await again.click();
    await comesTo(async () => field('Epochs').inputValue(), '3');
    await page.getByText('It does what it does now.').waitFor();
    await page.getByRole('button', { name: 'Start the loop again' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Start the loop again' }).click();
    await page.getByText('Iterates', { exact: true }).waitFor();
    await again.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Loops' }).click();
    await page.getByRole('link', { name: 'SurgVU / tools' }).waitFor();
  });
});
