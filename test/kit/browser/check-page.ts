import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { findBarriers } from './find-barriers.ts';
import { WIDTHS } from './open-browser.ts';

/** A telephone in the dark; the wide page in both schemes, light at last. */
const LOOKS = [
  ['narrow', 'dark'],
  ['wide', 'dark'],
  ['wide', 'light'],
] as const;

/**
 * Looks at a page as it stands at both widths, in light and dark: nobody is kept out, nothing is wider than the screen. The page
 * is left wide and light.
 */
export async function checkPage(page: Page): Promise<void> {
  for (const [size, colorScheme] of LOOKS) {
    await page.setViewportSize(WIDTHS[size]);
    await page.emulateMedia({ colorScheme });
    const barriers = await findBarriers(page);
    const tooWide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect({ size, colorScheme, barriers, tooWide }).toEqual({ size, colorScheme, barriers: [], tooWide: 0 });
  }
}
