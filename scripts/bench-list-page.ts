/** Measures in Chromium how the page of iterations goes through 10,000 of them: from page to page, narrowed, and scrolled. Nothing fails by its figures. */
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { TOKENS } from '../test/kit/api-site.ts';
import { logIn } from '../test/kit/browser/log-in.ts';
import { openBrowser } from '../test/kit/browser/open-browser.ts';
import { median } from './bench/median.ts';
import { openListedSite } from './bench-list-page/listed-site.ts';

const COUNT = 10_000;
const PAGES = 40;
const FILTERS = 20;

/** Pixels of a step of the wheel. */
const STEP = 100;

/** What runs in the page: milliseconds from doing something until the browser has drawn another first line; of a scroll from one frame to the next. */
const IN_PAGE = `
const first = () => document.querySelector('main tbody a')?.textContent;
const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
window.untilOther = async (act) => {
  const [before, begun] = [first(), performance.now()];
  act();
  while (first() === before) await drawn();
  await drawn();
  return performance.now() - begun;
};
window.earlier = () => untilOther(() => [...document.querySelectorAll('.pager button')].at(-1).click());
window.choose = (label, value) => untilOther(() => {
  const field = [...document.querySelectorAll('.filters label')].find((one) => one.textContent === label).control;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
});
window.scrolled = async (step) => {
  const times = [];
  for (let y = 0; y < document.documentElement.scrollHeight - innerHeight; y += step) {
    const begun = performance.now();
    scrollTo(0, y);
    await new Promise(requestAnimationFrame);
    times.push(performance.now() - begun);
  }
  return times;
};
`;

const site = await openListedSite(COUNT);
const browser = await openBrowser();
try {
  const page = await browser.open(site.url);
  await logIn(page, TOKENS.viewer);
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  process.stdout.write(`${COUNT} iterations, milliseconds until they are drawn\n`);
  for (const slowdown of [1, 4]) {
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await measure(page, slowdown === 1 ? '' : `, on a processor ${slowdown} times as slow`);
    await session.detach();
  }
} finally {
  await browser.close();
  await site.close();
}

async function measure(page: Page, where: string): Promise<void> {
  await page.goto(`${site.url}/iterations`);
  await page.locator('main tbody a').first().waitFor();
  await page.evaluate(IN_PAGE);
  const turns: number[] = [];
  for (let turn = 0; turn < PAGES; turn += 1) turns.push(await number(page, 'earlier()'));
  report(`the page after${where}`, turns);
  const narrowed: number[] = [];
  for (let turn = 0; turn < FILTERS; turn += 1)
    narrowed.push(await number(page, `choose('Project', 'P${1 + (turn % 19)}')`));
  report(`another project${where}`, narrowed);
  const scrolls = z.array(z.number()).parse(await page.evaluate(`scrolled(${STEP})`));
  report(`a frame of a scroll${where}`, scrolls);
}

async function number(page: Page, script: string): Promise<number> {
  return z.number().parse(await page.evaluate(script));
}

function report(what: string, times: readonly number[]): void {
  const slowest = Math.max(...times);
  process.stdout.write(
    `${what}: median ${median(times).toFixed(1)}, slowest ${slowest.toFixed(1)} of ${times.length}\n`,
  );
}
