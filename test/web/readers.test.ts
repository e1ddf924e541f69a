import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { stringify } from 'yaml';
import { comesTo } from '../kit/browser/comes-to.ts';
import { describeInBrowser } from '../kit/browser/describe-in-browser.ts';
import { logIn } from '../kit/browser/log-in.ts';
import { openBrowser, type TestBrowser } from '../kit/browser/open-browser.ts';
import { openWebSite, type WebSite } from '../kit/browser/web-site.ts';

/** Tokens of people, and what they may. */
const READERS = {
  viewer: 'viewer-token-of-the-browser-tests',
  lead: 'lead-token-of-the-browser-tests default',
  limited: 'limited-token-of-the-browser-tests default',
  operator: 'limited-operator-of-the-browser-tests default',
} as const;

type Reader = keyof typeof READERS;

function tokenFile(): string {
  const roleOf: Readonly<Record<Reader, string>> = {
    viewer: 'viewer',
    lead: 'lead',
    limited: 'viewer',
    operator: 'operator',
  };
  const lines = Object.entries(READERS).map(([name, given]) => {
    const [token = '', connections = ''] = given.split(' ');
    const sha256 = createHash('sha256').update(token).digest('hex');
    return `${name} ${roleOf[name as Reader]} ${sha256} ${connections}`.trim();
  });
  return `${lines.join('\n')}\n`;
}

const LOOP = '/loops/default/SurgVU/tools';
/** What somebody of one connection is told of the system; nothing of the store, of messages and of settings. */
const OWN_SYSTEM = [
  'Maintenance',
  'Workers',
  'Temporal',
  'Worker',
  'CVAT default, from the worker',
  'MONAI Label default, from the worker',
  'CVAT default, from here',
  'MONAI Label default, from here',
  'Webhooks default',
];

const SCHEDULE = '/schedules/default/SurgVU/tools';

/** Where a reader may go, also by an address that somebody with another role has sent. */
const PAGES: readonly (readonly [address: string, heading: string])[] = [
  ['/', 'Overview'],
  ['/iterations', 'Iterations'],
  ['/jobs', 'Jobs'],
  ['/loops?new=1', 'Loops'],
  [`${LOOP}?edit=1`, 'SurgVU / tools'],
  ['/models', 'Models'],
  ['/schedules?new=1', 'Schedules'],
  [SCHEDULE, 'Schedule of SurgVU / tools'],
  ['/system', 'System'],
];

describeInBrowser('the pages for those who may not do all', () => {
  let site: WebSite;
  let browser: TestBrowser;
  beforeAll(async () => {
    let dir = '';
    const settings = (folder: string): NodeJS.ProcessEnv => {
      dir = folder;
      const file = path.join(folder, 'tokens');
      writeFileSync(file, tokenFile());
      return { MASKLOOP_TOKENS_FILE: file };
    };
    [site, browser] = await Promise.all([
      openWebSite({ frames: 8, sandboxWords: ['--no-annotator', '--young-model'], settings }),
      openBrowser(),
    ]);
    const { categoriesFile, imagesDir, model } = site.sandbox.facts;
    const loop = {
      name: 'tools',
      project: 'SurgVU',
      categories: categoriesFile,
      pool: { images: imagesDir },
      batch: { size: 2, strategy: 'random' },
      cvat: { createProject: true, poll: '1s' },
      training: { model },
    };
    const file = path.join(dir, 'maskloop.yaml');
    await writeFile(file, stringify(loop));
    await site.run(['loop', 'start', file]);
    await site.run(['schedule', 'create', 'tools', '--project', 'SurgVU', '--cron', '0 8 * * MON-FRI']);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  afterEach(() => browser.requireNoComplaint());

  /** Logs in, goes to all pages, and looks at what each offers. What the server refuses on the way is told. */
  async function tour(
    reader: Reader,
    look: (page: Page, address: string) => Promise<void>,
    pages = PAGES,
  ): Promise<{ readonly links: readonly string[]; readonly refused: readonly string[] }> {
    const page = await browser.open(site.url);
    const refused: string[] = [];
    page.on('response', (answer) => {
      if (answer.status() === 403) refused.push(new URL(answer.url()).pathname);
    });
    await logIn(page, READERS[reader].split(' ')[0]);
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    const links = await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allTextContents();
    for (const [address, heading] of pages) {
      await page.goto(site.url + address);
      await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
      await comesTo(async () => page.locator('main output.state').count(), 0);
      await look(page, address);
    }
    await page.context().close();
    return { links, refused: [...new Set(refused)] };
  }

  const offered = async (page: Page): Promise<readonly string[]> =>
    page.locator('main').getByRole('button').allTextContents();

  /** What somebody of one connection sees of the system: his part, and no word of having no part. */
  async function showsOwnSystem(page: Page): Promise<void> {
    await page.getByRole('heading', { level: 2, name: 'Temporal' }).waitFor();
    await page.getByText('as seen from the server and from a worker').waitFor();
    const titles = async (): Promise<readonly string[]> =>
      (await page.getByRole('heading', { level: 2 }).allTextContents()).filter((title) => !title.startsWith('To do'));
    await comesTo(async () => (await titles()).toSorted(), OWN_SYSTEM.toSorted());
  }

  it.each(['viewer', 'limited'] as const)('offer nothing that changes anything to a reader: %s', async (reader) => {
    const found = new Map<string, readonly string[]>();
    const { links, refused } = await tour(reader, async (page, address) => {
      found.set(address, await offered(page));
      if (address.startsWith(LOOP)) {
        await page.getByText('Iterates', { exact: true }).waitFor();
        await comesTo(async () => page.getByText('Policy as JSON').count(), 0);
      }
      if (address === '/system' && reader === 'limited') await showsOwnSystem(page);
      if (address === '/system' && reader === 'viewer')
        await page.getByRole('heading', { level: 2, name: 'Store, from here' }).waitFor();
    });
    expect(links).toEqual(['Overview', 'Iterations', 'Jobs', 'Loops', 'Models', 'Schedules', 'System']);
    // On the page of jobs people are chosen, to see theirs.
    const changing = [...found].map(([where, buttons]) => [
      where,
      buttons.filter((word) => !/^(?:Nobody|\d+)$/.test(word)),
    ]);
    expect(changing.filter(([, buttons]) => buttons?.length !== 0)).toEqual([]);
    expect(refused).toEqual([]);
  });

  it('offer an operator of some connections all but what is about all of them', async () => {
    const { refused } = await tour(
      'operator',
      async (page, address) => {
        if (address.startsWith(LOOP)) {
          // The loop reads a folder that the server does not offer: an edit may keep it.
          await page.getByText('It does what it does now.').waitFor();
          await comesTo(async () => page.getByText('Policy as JSON').count(), 0);
        }
        if (address === '/system') {
          await showsOwnSystem(page);
          await comesTo(async () => offered(page), ['Hold a server']);
        }
      },
      PAGES.filter(([address]) => address.startsWith(LOOP) || address === '/system'),
    );
    expect(refused).toEqual([]);
  });
});
