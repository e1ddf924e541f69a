import { afterAll, afterEach, beforeAll, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { checkPage } from '../kit/browser/check-page.ts';
import { comesTo } from '../kit/browser/comes-to.ts';
import { openCvatDesk } from '../kit/browser/cvat-desk.ts';
import { describeInBrowser } from '../kit/browser/describe-in-browser.ts';
import { logIn } from '../kit/browser/log-in.ts';
import { openBrowser, type TestBrowser } from '../kit/browser/open-browser.ts';
import { openWebSite, type WebSite } from '../kit/browser/web-site.ts';

const AT = `/iterations/${encodeURIComponent('Outage/Goes%20on')}`;
const AWAY = /Temporal does not answer since \d\d:\d\d/;

describeInBrowser('pages that are open while Temporal is killed', () => {
  let site: WebSite;
  let browser: TestBrowser;
  let iteration: Page;
  let overview: Page;
  let late: Page;
  beforeAll(async () => {
    const options = { keepsTemporal: true, sandboxWords: ['--no-annotator'] } as const;
    [site, browser] = await Promise.all([openWebSite(options), openBrowser()]);
    await site.start('Outage', 'Goes on');
    iteration = await browser.open(site.url + AT);
    await logIn(iteration);
    await iteration.getByText('People correct labels in CVAT.').waitFor();
    overview = await browser.open(site.url, { state: await iteration.context().storageState() });
    await running().getByText('With people').waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  afterEach(() => browser.requireNoComplaint());

  const running = () => overview.getByRole('table', { name: 'Running iterations' });

  it('say so, and go on to show what was known', async () => {
    await site.killTemporal();
    await iteration.getByText(AWAY).waitFor();
    await overview.getByText(AWAY).waitFor();
    await comesTo(async () => iteration.getByText('People correct labels in CVAT.').count(), 1);
    await comesTo(async () => running().getByText('With people').count(), 1);
    await checkPage(iteration);
    await checkPage(overview);
  });

  it('say so as well where they are opened meanwhile, instead of promising an answer', async () => {
    late = await browser.open(site.url + AT, { state: await iteration.context().storageState() });
    await late.getByText(AWAY).waitFor();
    await late.getByRole('heading', { level: 1, name: 'Outage / Goes on' }).waitFor();
    await late.getByText('What only Temporal knows is shown once it answers again.').waitFor();
    await checkPage(late);
  });

  it('return by themselves to the truth: an iteration that has gone on, wherever it is shown', async () => {
    const desk = openCvatDesk(site.sandbox.facts);
    for (const { id } of await desk.jobs()) await desk.move(id, 'completed');
    // It is said for some seconds only, so somebody has to look before it can be.
    const said = [iteration, overview].map(async (page) => page.getByText('All answer again.').waitFor());
    await Promise.all([site.startTemporal(), ...said]);
    await Promise.all([iteration, late].map(async (page) => page.getByText('It is finished').waitFor()));
    await overview.getByText('Nothing runs.').waitFor();
    await comesTo(async () => iteration.getByText('in under a minute').count(), 0);
    await comesTo(async () => iteration.getByText('does not answer').count(), 0);
  });
});
