import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { findBarriers } from './find-barriers.ts';
import { WIDTHS } from './open-browser.ts';

/**
 * Looks at a page as it stands at both widths, in light and dark: nobody is kept out, nothing is wider than the screen. The page
 * is left wide and light.
 */
export async function checkPage(page: Page): Promise<void> {
  for (const size of ['narrow', 'wide'] as const) {
    await page.setViewportSize(WIDTHS[size]);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      const barriers = await findBarriers(page);
      expect({ size, colorScheme, barriers }).toEqual({ size, colorScheme, barriers: [] });
    }
    const tooWide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect({ size, tooWide }).toEqual({ size, tooWide: 0 });
  }
}
