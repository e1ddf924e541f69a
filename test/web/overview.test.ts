import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { ListedIteration } from '../../src/operations/lists/listed-iteration.ts';
import { eventHub } from '../../src/server/events/event-hub.ts';
import { openApiSite, TOKENS, type ApiSite } from '../kit/api-site.ts';
import { checkPage } from '../kit/browser/check-page.ts';
import { comesTo } from '../kit/browser/comes-to.ts';
import { describeInBrowser } from '../kit/browser/describe-in-browser.ts';
import { logIn, openOverview } from '../kit/browser/log-in.ts';
import { openBrowser, type TestBrowser } from '../kit/browser/open-browser.ts';
import type { LoopRow } from '../../src/operations/loops/find-loops.ts';
import { shownLoops } from '../kit/browser/shown-loops.ts';
import { hoursAgo, listedIteration, shownIndex, viewOf } from '../kit/browser/shown-iterations.ts';

const ASKED = 'The task SurgVU/Batch 7 has 3 shapes of the class "tool", which the categories do not know.';
const ACTION = 'Add the class to the categories, or rename the label in CVAT.';
const LOOP = { id: '~loop/SurgVU/tools', name: 'tools', project: 'SurgVU', connection: 'default' };
const PLATEAU = 'Dice has risen by 0.002 in the last 2 iterations.';
const BACKLOG = { tasks: 3, oldestMs: 90_000 };
const AWAY = 'CVAT at http://cvat.example does not answer.';

describeInBrowser('overview and list', () => {
  let temporalAnswers = true;
  let rows: readonly ListedIteration[] = [];
  let loops: readonly LoopRow[] = [];
  const index = shownIndex(() => rows);
  let site: ApiSite;
  let browser: TestBrowser;
  let page: Page;
  beforeAll(async () => {
    const describe = async (id: string) => {
      const isAway = rows.some((row) => row.id === id && row.waitingFor === 'server');
      const [message, action] = isAway ? [AWAY, 'Wait.'] : [ASKED, ACTION];
      const code = isAway ? ('CvatUnreachable' as const) : ('CategoryMissing' as const);
      const trouble = { code, message, action, facts: {}, since: hoursAgo(1) };
      return viewOf(rows, id, trouble, isAway ? [] : ['retry', 'cancel']);
    };
    const pollers = async () => ({ workflow: [], activity: [], lastSeen: null, backlog: BACKLOG });
    const findings = [
      { level: 'ok', message: 'Temporal at 127.0.0.1:7233, namespace default', action: null },
      { level: 'problem', message: 'no worker asks for work', action: 'Start one: maskloop worker.' },
    ] as const;
    const inspect = async () => [{ title: 'Temporal', findings }];
    const log = { info: () => undefined, warn: () => undefined };
    const look = async () => {
      if (!temporalAnswers) throw new Error('Temporal is away');
      return [];
    };
    const events = eventHub({ look, everyMs: 50, size: 10, log });
    const operations = { describe, pollers, loops: shownLoops(() => loops, PLATEAU) };
    [site, browser] = await Promise.all([openApiSite(operations, { index, inspect, events }), openBrowser()]);
    page = await openOverview(browser, site.url, TOKENS.viewer);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  afterEach(() => browser.requireNoComplaint());

  it('says what to do where nothing runs', async () => {
    await page.getByText('Nothing waits for a decision.').waitFor();
    await page.getByText('Nothing runs.').waitFor();
    await page.getByText('There is no loop yet.').waitFor();
    await checkPage(page);
  });

  it('shows first what is asked of whom, then who is away, then what runs', async () => {
    rows = [
      listedIteration({ task: 'Batch 9', step: 'train', waitingFor: 'machine', since: hoursAgo(0.1) }),
      listedIteration({ task: 'Batch 8', people: ['ana', 'ben', 'cem', 'dora'], deadline: hoursAgo(-50) }),
      listedIteration({ task: 'Batch 7', step: 'upload', waitingFor: 'decision' }),
      listedIteration({ task: 'Polyps 3', project: 'Endo', step: 'collect', waitingFor: 'server', since: hoursAgo(2) }),
    ];
    loops = [
      { ...LOOP, state: 'running', phase: 'asking', waitingFor: 'decision', since: hoursAgo(5), number: 4 },
      {
        ...LOOP,
        id: '~loop/Endo/polyps',
        project: 'Endo',
        name: 'polyps',
        state: 'known',
        phase: null,
        waitingFor: null,
        since: null,
        number: 2,
      },
    ];
    await page.reload();
    await page.getByText(ASKED).waitFor();
    await page.getByText(AWAY).waitFor();
    const titles = async () => page.getByRole('heading', { level: 2 }).allInnerTexts();
    await comesTo(titles, ['Needs a decision 2', 'Servers that are away 1', 'Running 2', 'Loops 2']);
    await comesTo(async () => page.getByText('try again, cancel').count(), 1);
    const table = page.getByRole('table', { name: 'Running iterations' });
    await comesTo(
      async () => table.getByRole('row').allInnerTexts(),
      [
        expect.stringMatching(/^\s*Iteration\s*\t/),
        expect.stringMatching(/^\s*SurgVU \/ Batch 8\s*\t.*With people.*ana, ben, cem and 1 more.*in 2 d.*3 h/s),
        expect.stringMatching(/^\s*SurgVU \/ Batch 9\s*\t/),
      ],
    );
    await page.getByText(PLATEAU).waitFor();
    await page.getByText('go on, stop').waitFor();
    const known = page.getByRole('table', { name: 'Loops' }).getByRole('row');
    await comesTo(
      async () => known.allInnerTexts(),
      [
        expect.anything(),
        expect.stringMatching(/tools.*Needs a decision.*4.*not measured yet.*5 h/s),
        expect.stringMatching(/polyps.*Does not run.*2/s),
      ],
    );
    await checkPage(page);
  });

  it('shows a list of 10,000 a page at a time, narrows it, and keeps both in the address', async () => {
    rows = Array.from({ length: 10_000 }, (_, at) =>
      listedIteration({
        task: `Batch ${10_000 - at}`,
        project: at % 100 === 99 ? 'Rare' : 'SurgVU',
        ...(at < 3 ? {} : { state: 'done', step: 'done', waitingFor: 'nothing' }),
      }),
    );
    await page.getByRole('link', { name: 'All iterations' }).click();
    const table = page.getByRole('table', { name: 'Iterations' });
    await page.getByRole('link', { name: 'SurgVU / Batch 10000', exact: true }).waitFor();
    await comesTo(async () => table.getByRole('row').count(), 51);
    await page.getByRole('button', { name: 'Earlier' }).click();
    await page.getByRole('link', { name: 'SurgVU / Batch 9950', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'SurgVU / Batch 9950', exact: true }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'SurgVU / Batch 10000', exact: true }).waitFor();
    await page.getByLabel('State').selectOption('running');
    await page.getByRole('link', { name: 'SurgVU / Batch 9997', exact: true }).waitFor({ state: 'detached' });
    await comesTo(async () => table.getByRole('row').count(), 4);
    await checkPage(page);
    await page.getByLabel('Project').fill('Rare');
    await page.keyboard.press('Enter');
    await page.getByText('No iteration is like this.').waitFor();
    await comesTo(() => new URL(page.url()).search, '?state=running&project=Rare');
    await page.getByLabel('State').selectOption('');
    await page.getByRole('link', { name: 'Rare / Batch 9901', exact: true }).waitFor();
    await page.getByLabel('State').selectOption('running');
    await page.getByText('No iteration is like this.').waitFor();
    await page.getByRole('link', { name: 'Show all' }).click();
    await page.getByRole('link', { name: 'SurgVU / Batch 10000', exact: true }).waitFor();
  });

  it('narrows the list to what needs a decision and to what is due before a day, and says so in the address', async () => {
    rows = [
      listedIteration({ task: 'Asks', waitingFor: 'decision', deadline: '2027-05-02T10:00:00.000Z' }),
      listedIteration({ task: 'Due', deadline: '2027-05-02T21:59:00.000Z' }),
      listedIteration({ task: 'Later', deadline: '2027-05-02T22:01:00.000Z' }),
      listedIteration({ task: 'Never' }),
    ];
    await page.goto(`${site.url}/iterations`);
    const links = page.getByRole('table', { name: 'Iterations' }).getByRole('link');
    const shown = async (...tasks: readonly string[]): Promise<void> =>
      comesTo(
        async () => links.allInnerTexts(),
        tasks.map((task) => `SurgVU / ${task}`),
      );
    await shown('Asks', 'Due', 'Later', 'Never');
    // In Berlin the third of May begins two hours earlier.
    await page.getByLabel('Due before').fill('2027-05-03');
    await shown('Asks', 'Due');
    await comesTo(() => new URL(page.url()).searchParams.get('deadlineBefore'), '2027-05-02T22:00:00.000Z');
    await page.getByLabel('Decision').selectOption('true');
    await shown('Asks');
    await page.reload();
    await shown('Asks');
    await comesTo(async () => page.getByLabel('Due before').inputValue(), '2027-05-03');
    await page.getByLabel('Decision').selectOption('false');
    await shown('Due');
    await page.getByLabel('Due before').fill('');
    await page.getByLabel('Due before').blur();
    await shown('Due', 'Later', 'Never');
    await checkPage(page);
  });

  it('can be used by keyboard alone, from the link that skips the navigation', async () => {
    await page.goto(site.url);
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await page.keyboard.press('Tab');
    await comesTo(async () => page.evaluate('document.activeElement.textContent'), 'Skip to the page');
    await page.keyboard.press('Enter');
    await comesTo(async () => page.evaluate('document.activeElement.id'), 'main');
    await page.keyboard.press('Tab');
    await comesTo(async () => page.evaluate('document.activeElement.textContent'), 'All iterations');
  });

  it('hides the navigation behind a button on a telephone', async () => {
    const narrow = await browser.open(`${site.url}/`, { size: 'narrow', state: await page.context().storageState() });
    await narrow.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await comesTo(async () => narrow.getByRole('link', { name: 'System' }).isVisible(), false);
    await narrow.getByRole('button', { name: 'Open the menu' }).click();
    await narrow.getByRole('link', { name: 'System' }).click();
    await narrow.getByRole('heading', { level: 1, name: 'System' }).waitFor();
    await narrow.getByRole('button', { name: 'Open the menu' }).waitFor();
  });

  it('says first what is wrong with the system, and gives no button to who may not use it', async () => {
    await page.goto(`${site.url}/system`);
    await page.getByText('about 3 tasks wait for a worker, the oldest for 1 min 30 s').waitFor();
    await page.getByText('No worker asks for work, so nothing goes on.').waitFor();
    const first = page.getByRole('region').first();
    const problem = /To do 1.*Problem.*no worker asks for work.*Start one/s;
    await comesTo(async () => first.innerText(), expect.stringMatching(problem));
    await comesTo(async () => page.getByRole('button', { name: /^Mend/ }).count(), 0);
    await checkPage(page);
  });

  it('says that Temporal is away while the server is there, and reads all anew once it is back', async () => {
    await page.goto(site.url);
    await page.getByText(PLATEAU).waitFor();
    temporalAnswers = false;
    await page.getByText(/Temporal does not answer since \d\d:\d\d/).waitFor();
    await checkPage(page);
    const before = index.asked();
    temporalAnswers = true;
    await page.getByText('All answer again.').waitFor();
    while (index.asked() === before) await page.waitForTimeout(20);
    await page.getByText('All answer again.').waitFor({ state: 'detached' });
  });

  it('answers an address that leads nowhere with a way on', async () => {
    await page.goto(`${site.url}/nowhere`);
    await page.getByText('Nothing is at this address.').waitFor();
    await checkPage(page);
  });

  it('tells who has shown too many wrong tokens when to try again', async () => {
    const stranger = await browser.open(site.url);
    for (let tries = 0; tries < 10; tries += 1) {
      await site.ask(null, 'POST', '/api/v1/session', {
        body: { token: 'wrong' },
        headers: { 'x-maskloop-page': '1' },
      });
    }
    await logIn(stranger, 'one more');
    await stranger.getByText(/Too many logins from this address have failed/).waitFor();
    await stranger.getByText(/Try again in under a minute/).waitFor();
    await checkPage(stranger);
  });
});
