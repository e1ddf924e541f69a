import type { Page } from 'playwright-core';
import type { TestBrowser } from './open-browser.ts';
import { OPERATOR_TOKEN } from './web-site.ts';

/** Logs in on the page as it stands. */
export async function logIn(page: Page, token: string = OPERATOR_TOKEN): Promise<void> {
  await page.getByLabel('Token', { exact: true }).fill(token);
  await page.getByRole('button', { name: 'Log in' }).click();
}

/** Opens the overview of a site as somebody. */
export async function openOverview(browser: TestBrowser, url: string, token: string): Promise<Page> {
  const page = await browser.open(url);
  await logIn(page, token);
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  return page;
}
