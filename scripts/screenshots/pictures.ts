import type { Page } from 'playwright-core';

/** A page as README and docs show it. */
export interface Picture {
  /** Of the file. */
  readonly name: string;
  readonly path: string;
  /** Waits until the page shows what the picture is for. */
  readonly ready: (page: Page) => Promise<unknown>;
  /** Also as it is on a telephone. */
  readonly narrow?: true;
  readonly dark?: true;
}

/** Every picture of a page; a new page adds its own. */
export const PICTURES: readonly Picture[] = [
  {
    name: 'overview',
    path: '/',
    ready: async (page) => {
      await page.getByText('Decide').first().waitFor();
      await page.getByText('With people').first().waitFor();
      await page.getByText('Held-out Dice by iteration').waitFor({ state: 'attached' });
    },
    narrow: true,
    dark: true,
  },
  {
    name: 'iteration',
    path: `/iterations/${encodeURIComponent('SurgVU/Iteration_2')}`,
    ready: async (page) => page.getByText('It is finished').waitFor(),
    narrow: true,
  },
  {
    name: 'frames',
    path: `/iterations/${encodeURIComponent('SurgVU/Iteration_2')}?part=frames&on=preannotation+label`,
    ready: async (page) => {
      await page.locator('canvas[data-frame]').waitFor();
      await page.waitForLoadState('networkidle');
    },
    narrow: true,
    dark: true,
  },
  {
    name: 'jobs',
    path: '/jobs',
    ready: async (page) => page.getByRole('heading', { name: /^Open jobs/ }).waitFor(),
    narrow: true,
  },
  {
    name: 'iterations',
    path: '/iterations',
    ready: async (page) => page.getByRole('cell', { name: 'Done' }).first().waitFor(),
  },
  { name: 'start', path: '/start', ready: async (page) => page.getByText('Choose the masks.').waitFor(), narrow: true },
  {
    name: 'loop',
    path: '/loops/default/SurgVU/instruments',
    ready: async (page) => page.getByText('Held-out Dice').first().waitFor(),
    narrow: true,
  },
  {
    name: 'models',
    path: '/models',
    ready: async (page) => page.getByText('segmentation').first().waitFor(),
    narrow: true,
  },
  { name: 'system', path: '/system', ready: async (page) => page.getByText('Good').first().waitFor(), narrow: true },
];
