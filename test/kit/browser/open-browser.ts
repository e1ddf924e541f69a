import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from './find-chromium.ts';

/** The widths that all pages have to work at, in CSS pixels. */
export const WIDTHS = { wide: { width: 1280, height: 900 }, narrow: { width: 390, height: 844 } } as const;

/** What browsers say of answers, and of code that does not come: pages show it in words. */
const EXPECTED =
  /Failed to load resource: (the server responded with a status of|net::ERR_)|net::ERR_INCOMPLETE_CHUNKED|PageNotLoaded/;

export interface Look {
  readonly size?: keyof typeof WIDTHS;
  readonly colours?: 'light' | 'dark';
  /** Cookies and stored choices of another page; a new visitor without. */
  readonly state?: Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>;
}

/** A browser with no memory, and what its pages have complained about. */
export interface TestBrowser {
  /** Opens a page in a context of its own. */
  open(address: string, look?: Look): Promise<Page>;
  /** For after each test: what failed in a page, or was refused by its policy, fails the test. Servers that are away and refused logins do not. */
  requireNoComplaint(): void;
  close(): Promise<void>;
}

/** Starts Chromium; once a suite is enough. @throws Error without one */
export async function openBrowser(): Promise<TestBrowser> {
  const executablePath = findChromium(process.env);
  if (executablePath === null) throw new Error('no Chromium');
  const isRoot = process.getuid?.() === 0;
  const browser: Browser = await chromium.launch({ executablePath, args: isRoot ? ['--no-sandbox'] : [] });
  const complaints: string[] = [];
  return {
    requireNoComplaint: () => {
      const unexpected = complaints.splice(0).filter((text) => !EXPECTED.test(text));
      if (unexpected.length > 0) throw new Error(`a page complains: ${unexpected.join('; ')}`);
    },
    open: async (address, { size = 'wide', colours = 'light', state } = {}) => {
      const context = await browser.newContext({
        viewport: WIDTHS[size],
        colorScheme: colours,
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
        reducedMotion: 'reduce',
        ...(state === undefined ? {} : { storageState: state }),
      });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.goto(address);
      return page;
    },
    close: async () => browser.close(),
  };
}
