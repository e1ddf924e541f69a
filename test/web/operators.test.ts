import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { MaskloopError } from '../../src/contracts/error.ts';
import type { IterationView } from '../../src/operations/describe-iteration.ts';
import { matchesFilter, type ListedIteration } from '../../src/operations/lists/listed-iteration.ts';
import type { Steering } from '../../src/operations/steer-iteration.ts';
import { addNote } from '../../src/receipts/notes.ts';
import { openApiSite, TOKENS, type ApiSite } from '../kit/api-site.ts';
import { checkPage } from '../kit/browser/check-page.ts';
import { comesTo } from '../kit/browser/comes-to.ts';
import { describeInBrowser } from '../kit/browser/describe-in-browser.ts';
import { openOverview } from '../kit/browser/log-in.ts';
import { openBrowser, type TestBrowser } from '../kit/browser/open-browser.ts';
import { shownLoops } from '../kit/browser/shown-loops.ts';
import { hoursAgo, listedIteration, shownIndex, viewOf } from '../kit/browser/shown-iterations.ts';
import { sampleReceipt } from '../unit/operations/sample-receipt.ts';

const BATCHES = [7, 8, 9].map((number) => listedIteration({ task: `Batch ${number}` }));
const [FIRST] = BATCHES;

/** A finished iteration by its receipt alone. */
function finishedView(id: string): IterationView {
  const receipt = sampleReceipt();
  const { startedAt, endedAt } = receipt;
  const known = { status: null, index: null, activities: [], turns: null };
  return { id, state: 'done', workerAnswers: true, startedAt, endedAt, receipt, ...known };
}

describeInBrowser('what operators and leads do by hand', () => {
  let rows: readonly ListedIteration[] = [];
  let isAway = false;
  const steered: (readonly [string, Steering])[] = [];
  let site: ApiSite;
  let browser: TestBrowser;
  let operator: Page;
  let viewer: Page;
  const open = async (token: string): Promise<Page> => openOverview(browser, site.url, token);
  beforeAll(async () => {
    const shown = shownIndex(() => rows);
    const page: typeof shown.page = async (request) => {
      const known = await shown.page(request);
      if (!isAway) return known;
      return { ...known, iterations: known.iterations.filter(({ state }) => state === 'done'), away: 'temporal' };
    };
    const index = {
      ...shown,
      page,
      running: async (filter: Parameters<typeof matchesFilter>[1]) => rows.filter((row) => matchesFilter(row, filter)),
    };
    const steer = async ({ id, what }: { readonly id: string; readonly what: Steering }) => {
      if (id.endsWith('8')) throw new MaskloopError('NothingToDecide', 'It waits for nobody.');
      steered.push([id, what]);
    };
    const describe = async (id: string) =>
      isAway ? { ...finishedView(id), away: 'temporal' as const } : viewOf(rows, id, null);
    const operations = { steer, describe, resolve: async (id?: string) => id ?? '', loops: shownLoops(() => [], '') };
    const pollers = async () => ({ workflow: ['w'], activity: ['w'], lastSeen: hoursAgo(0), backlog: null });
    [site, browser] = await Promise.all([openApiSite({ ...operations, pollers }, { index }), openBrowser()]);
    [operator, viewer] = await Promise.all([open(TOKENS.operator), open(TOKENS.viewer)]);
  });
  beforeEach(() => {
    rows = [];
    isAway = false;
    steered.length = 0;
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  afterEach(() => browser.requireNoComplaint());

  it('leads from what is empty to the page that fills it, and tells viewers whom to ask', async () => {
    for (const at of ['/', '/iterations']) {
      await Promise.all([operator, viewer].map(async (page) => page.goto(site.url + at)));
      await viewer.getByText('Operators start iterations: ask one.').waitFor();
      await operator.getByRole('link', { name: 'Start an iteration' }).click();
      await operator.getByRole('heading', { level: 1, name: 'Start an iteration' }).waitFor();
      await comesTo(async () => viewer.getByText(/maskloop (start|loop)/).count(), 0);
    }
    await Promise.all([operator, viewer].map(async (page) => page.goto(`${site.url}/loops`)));
    await viewer.getByText('Operators start loops: ask one.').waitFor();
    await operator.getByRole('link', { name: 'Start a loop' }).click();
    await operator.getByRole('heading', { name: 'New loop' }).waitFor();
    await operator.getByRole('button', { name: 'Close', exact: true }).click();
    await operator.getByRole('heading', { name: 'New loop' }).waitFor({ state: 'detached' });
  });

  it('does the same to all that the list is narrowed to, and says what came of each', async () => {
    rows = [...BATCHES, listedIteration({ task: 'Polyps', project: 'Endo' })];
    await viewer.goto(`${site.url}/iterations`);
    await viewer.getByRole('link', { name: 'Endo / Polyps' }).waitFor();
    await comesTo(async () => viewer.getByRole('button', { name: /^Do to all/ }).count(), 0);
    await operator.goto(`${site.url}/iterations?project=SurgVU`);
    await operator.getByRole('button', { name: /^Do to all of these/ }).click();
    await operator.getByRole('button', { name: 'Pause all 3' }).click();
    const dialog = operator.getByRole('dialog');
    await dialog
      .getByText(/No new step begins.*3 iterations match now; those that match when you press are meant/)
      .waitFor();
    await dialog.getByRole('button', { name: 'Pause all 3' }).click();
    await operator.getByText('2 iterations were asked to pause').waitFor();
    const note = operator.getByRole('region', { name: 'All of these that run' }).getByRole('status');
    await comesTo(
      async () => note.innerText(),
      expect.stringMatching(/Left as it is.*SurgVU \/ Batch 8: It waits for nobody\./s),
    );
    expect(new Map(steered)).toEqual(
      new Map([
        ['SurgVU/Batch%207', 'pause'],
        ['SurgVU/Batch%209', 'pause'],
      ]),
    );
    await checkPage(operator);
    await operator.getByLabel('State').selectOption('done');
    await note.waitFor({ state: 'detached' });
  });

  it('shows the notes of others on a page that stays open', async () => {
    rows = BATCHES;
    const id = FIRST?.id ?? '';
    await viewer.clock.install();
    await viewer.goto(`${site.url}/iterations/${encodeURIComponent(id)}?part=notes`);
    await viewer.getByText('Nobody has written anything down.').waitFor();
    await addNote(site.store, { id, by: 'lead', at: new Date().toISOString(), text: 'The camera was dirty.' });
    await viewer.clock.fastForward(16_000);
    await viewer.getByText('The camera was dirty.').waitFor();
  });

  it('keeps what was typed where the server goes away, and says that it is not known whether it was done', async () => {
    rows = BATCHES;
    const lead = await open(TOKENS.lead);
    await lead.goto(`${site.url}/iterations/${encodeURIComponent(FIRST?.id ?? '')}?part=notes`);
    await lead.getByLabel('A note').fill('The tip is missing.');
    await lead.route('**/api/v1/iterations/*/notes', async (route) => route.abort());
    await lead.getByRole('button', { name: 'Write it down' }).click();
    const alert = lead.getByRole('alert');
    await comesTo(
      async () => alert.innerText(),
      expect.stringMatching(/not known whether it was done.*press again.*What you typed stays/s),
    );
    await comesTo(async () => lead.getByLabel('A note').inputValue(), 'The tip is missing.');
    await lead.unroute('**/api/v1/iterations/*/notes');
    await lead.getByRole('button', { name: 'Write it down' }).click();
    await lead.getByRole('listitem').filter({ hasText: 'The tip is missing.' }).waitFor();
    await comesTo(async () => lead.getByLabel('A note').inputValue(), '');
  });

  it('shows what is finished while Temporal is away, and says that the rest is missing', async () => {
    const done = listedIteration({ task: 'Batch 6', state: 'done', step: 'done', waitingFor: 'nothing' });
    rows = [...BATCHES, done];
    isAway = true;
    await viewer.goto(`${site.url}/iterations`);
    await viewer.getByText('What runs is missing here until it answers').waitFor();
    await comesTo(async () => viewer.getByRole('table').getByRole('link').allInnerTexts(), ['SurgVU / Batch 6']);
    await viewer.getByRole('link', { name: 'SurgVU / Batch 6' }).click();
    const situation = viewer.getByRole('region', { name: 'What it waits for' });
    await comesTo(
      async () => situation.innerText(),
      expect.stringMatching(/Done.*from its receipt.*started again is not known/s),
    );
    await checkPage(viewer);
    rows = [];
    await viewer.goto(`${site.url}/iterations`);
    await viewer.getByText('No finished iteration is like this; whether one runs is not known.').waitFor();
    await comesTo(async () => viewer.getByText('There is no iteration yet.').count(), 0);
  });
});
