import type { Page } from 'playwright-core';
import { OPERATOR_TOKEN } from './web-site.ts';

/** Logs in on the page as it stands. */
export async function logIn(page: Page, token: string = OPERATOR_TOKEN): Promise<void> {
  await page.getByLabel('Token', { exact: true }).fill(token);
  await page.getByRole('button', { name: 'Log in' }).click();
}
