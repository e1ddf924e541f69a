import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { problemOf, unknown as unknownFinding } from '../../src/checks/finding.ts';
import { onHold } from '../../src/holds/hold-gate.ts';
import { listHolds } from '../../src/holds/holds.ts';
import { deliver } from '../../src/notify/outbox/deliver.ts';
import { enqueue } from '../../src/notify/outbox/enqueue.ts';
import { listTroubled } from '../../src/notify/outbox/list-messages.ts';
import { unknown } from '../../src/notify/outcome.ts';
import { openApiSite, TOKENS, type ApiSite } from '../kit/api-site.ts';
import { checkPage } from '../kit/browser/check-page.ts';
import { comesTo } from '../kit/browser/comes-to.ts';
import { describeInBrowser } from '../kit/browser/describe-in-browser.ts';
import { openOverview } from '../kit/browser/log-in.ts';
import { openBrowser, type TestBrowser } from '../kit/browser/open-browser.ts';
import { hoursAgo, shownIndex } from '../kit/browser/shown-iterations.ts';
import { shownLoops } from '../kit/browser/shown-loops.ts';
import { someMessage } from '../kit/notices/message.ts';

const LOOKED_AT = [
  { title: 'Temporal', shownTo: 'everybody' },
  { title: 'CVAT default, from the worker', shownTo: ['default'] },
  { title: 'CVAT north, from the worker', shownTo: ['north'] },
] as const;
const REFUSED = { level: 'problem', message: 'not so', action: '`maskloop put`', code: 'InvalidFileList' } as const;
const UNTOLD = 'whether images and labels may be written shows at the first upload: MONAI Label cannot be asked';

describeInBrowser('servers that are held, and what the store knows beside', () => {
  let isSilent = false;
  let site: ApiSite;
  let browser: TestBrowser;
  let operator: Page;
  let viewer: Page;
  const open = async (token: string): Promise<Page> => openOverview(browser, site.url, token);
  beforeAll(async () => {
    const shown = shownIndex(() => []);
    const page: typeof shown.page = async (request) =>
      isSilent ? new Promise<never>(() => undefined) : shown.page(request);
    const inspect = async () => {
      const held = (await listHolds(site.store, Date.now())).map((hold) => problemOf(onHold(hold, Date.now())));
      const notKnown = LOOKED_AT.map((group) => ({ ...group, findings: [unknownFinding(UNTOLD)] }));
      const refused = held.length === 0 ? [] : [{ title: 'Notices', findings: [REFUSED] }];
      return [...notKnown, ...refused, { title: 'CVAT south, from here', findings: held, shownTo: ['south'] }];
    };
    const pollers = async () => ({ workflow: ['w'], activity: ['w'], lastSeen: hoursAgo(0), backlog: null });
    const operations = { pollers, loops: shownLoops(() => [], '') };
    [site, browser] = await Promise.all([
      openApiSite(operations, { index: { ...shown, page }, inspect }),
      openBrowser(),
    ]);
    [operator, viewer] = await Promise.all([open(TOKENS.operator), open(TOKENS.viewer)]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  afterEach(() => browser.requireNoComplaint());

  it('holds a server and ends the hold, which everybody sees with its note', async () => {
    await operator.goto(`${site.url}/system`);
    await operator.getByText('No server is held.').waitFor();
    await operator.getByRole('button', { name: 'Hold a server' }).click();
    const dialog = operator.getByRole('dialog');
    const connection = dialog.getByLabel('Of connection');
    await comesTo(
      async () => connection.getByRole('option').allInnerTexts(),
      ['Choose one', 'default', 'north', 'south'],
    );
    await connection.selectOption('north');
    await dialog.getByLabel('For', { exact: true }).selectOption('until a time of your choice');
    const hold = dialog.getByRole('button', { name: 'Hold a server' });
    await comesTo(async () => hold.isDisabled(), true);
    await dialog.getByLabel('Until, in your time zone').fill('2000-01-01T10:00');
    await dialog.getByLabel('Why').fill('It moves to a new machine.');
    await dialog.getByText('The hold has to end at a time to come.').waitFor();
    await comesTo(async () => hold.isDisabled(), true);
    await checkPage(operator);
    await dialog.getByLabel('Until, in your time zone').fill('2099-01-01T10:00');
    await hold.click();
    await operator.getByText('CVAT of connection north').waitFor();
    const toDo = operator.getByRole('region').first();
    // Held on purpose is nothing to do; what failed is told in words of the pages.
    await comesTo(
      async () => toDo.innerText(),
      expect.stringMatching(/^To do 1.*Problem.*not so.*Choose the folder anew/s),
    );
    await comesTo(async () => operator.getByText('2099-01-01').count(), 0);
    await checkPage(operator);
    await site.ask(TOKENS.operator, 'POST', '/api/v1/holds', {
      body: { server: 'cvat', connection: 'default', until: '2099-01-01T09:00:00.000Z', note: '' },
    });
    await operator.reload();
    await operator.getByRole('button', { name: 'End the hold of CVAT of connection default' }).click();
    await operator
      .getByRole('dialog')
      .getByRole('button', { name: /^End the hold/ })
      .click();
    await operator.getByText('CVAT of connection default', { exact: true }).waitFor({ state: 'detached' });
    await viewer.goto(site.url);
    const held = viewer.getByRole('region', { name: /^Held for maintenance/ });
    await comesTo(
      async () => held.innerText(),
      expect.stringMatching(/CVAT of connection north.*1 Jan 2099.*new machine.*Held by operator/s),
    );
    await comesTo(async () => held.getByRole('button').count(), 0);
    await operator.getByRole('button', { name: 'End the hold of CVAT of connection north' }).click();
    await operator
      .getByRole('dialog')
      .getByRole('button', { name: /^End the hold/ })
      .click();
    await operator.getByText('No server is held.').waitFor();
    await viewer.goto(`${site.url}/system`);
    await viewer.getByText('No server is held.').waitFor();
    await comesTo(async () => viewer.getByRole('button', { name: 'Hold a server' }).count(), 0);
  });

  it('calls what nobody can tell not known, and not good', async () => {
    await viewer.goto(`${site.url}/system`);
    await viewer.getByText('Not known').first().waitFor();
    await comesTo(async () => viewer.getByText('Good', { exact: true }).count(), 0);
    await viewer.getByText('All that iterations need is there.').waitFor();
  });

  it('shows leads what did not arrive until it is seen', async () => {
    const message = someMessage({ subject: 'Batch 7 waits for you' });
    await enqueue(site.store, message);
    const send = async () => unknown('it did not answer');
    const senders = { slack: send, email: send, webhook: send };
    await deliver({ store: site.store, senders, now: Date.now, signal: new AbortController().signal }, message.key);
    await Promise.all([operator, viewer].map(async (page) => page.goto(site.url)));
    const undelivered = operator.getByRole('region', { name: /^Messages that did not arrive/ });
    await undelivered.waitFor();
    // What the store knows does not wait for Temporal.
    isSilent = true;
    await operator.reload();
    await undelivered.waitFor();
    await comesTo(async () => operator.getByText('Reading what runs').count(), 1);
    await comesTo(async () => operator.getByRole('heading', { name: 'Running' }).count(), 0);
    isSilent = false;
    await operator.reload();
    await operator.getByText('Nothing runs.').waitFor();
    await comesTo(
      async () => undelivered.innerText(),
      expect.stringMatching(/Batch 7 waits for you.*Perhaps did not arrive.*did not answer/s),
    );
    await checkPage(operator);
    await viewer.getByText('Nothing runs.').waitFor();
    await comesTo(async () => viewer.getByText('Batch 7 waits for you').count(), 0);
    await undelivered.getByRole('button', { name: 'Mark it as seen' }).click();
    await operator.getByRole('dialog').getByRole('button', { name: 'Mark it as seen' }).click();
    await undelivered.waitFor({ state: 'detached' });
    expect(await listTroubled(site.store)).toEqual([]);
  });
});
