import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { checkPage } from '../kit/browser/check-page.ts';
import { comesTo } from '../kit/browser/comes-to.ts';
import { describeInBrowser } from '../kit/browser/describe-in-browser.ts';
import { logIn } from '../kit/browser/log-in.ts';
import { openBrowser, type TestBrowser } from '../kit/browser/open-browser.ts';
import { openWebSite, type WebSite } from '../kit/browser/web-site.ts';

describeInBrowser('the dashboard', () => {
  let site: WebSite;
  let browser: TestBrowser;
  let page: Page;
  beforeAll(async () => {
    [site, browser] = await Promise.all([openWebSite(), openBrowser()]);
    page = await browser.open(`${site.url}/system`);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  afterEach(() => browser.requireNoComplaint());

  it('asks for a token, and says that a wrong one is nobody’s', async () => {
    await page.getByRole('heading', { name: 'maskloop' }).waitFor();
    await logIn(page, 'a token of nobody at all');
    await page.getByText('Nobody has this token.').waitFor();
    await checkPage(page);
  });

  it('shows what was asked for after the login', async () => {
    await logIn(page);
    await page.getByRole('heading', { level: 1, name: 'System' }).waitFor();
    expect(await page.title()).toBe('System · maskloop');
    await page.getByRole('heading', { level: 2, name: 'Workers' }).waitFor();
    await checkPage(page);
  });

  it('shows an iteration that is started elsewhere without being asked again', async () => {
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await site.start('Live', 'Started elsewhere');
    await page.getByRole('link', { name: 'Live / Started elsewhere' }).waitFor();
    await checkPage(page);
  });

  it('says that the server is away, comes back by itself, and shows what has happened meanwhile', async () => {
    await site.killServer();
    await page.getByText(/The server does not answer since \d\d:\d\d/).waitFor();
    await page.getByRole('link', { name: 'Live / Started elsewhere' }).waitFor();
    await site.start('Live', 'While it was away');
    await site.startServer();
    await page.getByText('All answer again.').waitFor();
    await page.getByRole('link', { name: 'Live / While it was away' }).waitFor();
  });

  it('shows a page whose code did not come by itself, once the server is back', async () => {
    await site.killServer();
    await page.getByText(/The server does not answer since \d\d:\d\d/).waitFor();
    await page.getByRole('link', { name: 'Models' }).click();
    await page.getByText('This page could not be loaded.').waitFor();
    await checkPage(page);
    await site.startServer();
    await page.getByRole('heading', { level: 1, name: 'Models' }).waitFor();
  });

  it('logs out, and shows nothing to who is logged out', async () => {
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByLabel('Token', { exact: true }).waitFor();
    await page.reload();
    await page.getByLabel('Token', { exact: true }).waitFor();
    await comesTo(async () => page.getByText('Live').count(), 0);
  });
});
