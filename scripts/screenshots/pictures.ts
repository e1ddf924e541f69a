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
  {
    name: 'start',
    path: '/start?project=Endoscopy&task=Batch+6&trains=no&deadline=after&segmentSize=20&createProject=yes&map=4%3D3',
    ready: async (page) => {
      for (const [field, folder] of [
        ['Masks', 'masks/'],
        ['Images', 'images/'],
      ] as const) {
        await page.getByRole('group', { name: field }).getByRole('button', { name: 'On the server' }).click();
        await page.getByRole('button', { name: folder }).click();
        await page.getByRole('button', { name: /^Take this folder \(40/ }).click();
        await page
          .getByRole('group', { name: field })
          .getByText(/^40 files in/)
          .waitFor();
      }
      await page.getByRole('button', { name: 'Start the iteration' }).and(page.locator(':enabled')).waitFor();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.evaluate('window.scrollTo(0, 0)');
    },
    narrow: true,
    dark: true,
  },
  {
    name: 'start-server',
    path: '/start',
    ready: async (page) => {
      await page.getByRole('group', { name: 'Masks' }).getByRole('button', { name: 'On the server' }).click();
      await page.getByRole('button', { name: 'masks/' }).waitFor();
    },
    narrow: true,
  },
  {
    name: 'loop',
    path: '/loops/default/SurgVU/instruments',
    ready: async (page) => page.getByText('Held-out Dice').first().waitFor(),
    narrow: true,
  },
  {
    name: 'new-loop',
    path: '/loops?new=1',
    ready: async (page) => page.getByText('Still to be said').waitFor(),
    narrow: true,
  },
  {
    name: 'loops',
    path: '/loops',
    ready: async (page) => page.getByRole('link', { name: 'SurgVU / instruments' }).waitFor(),
    narrow: true,
  },
  {
    name: 'schedules',
    path: '/schedules',
    ready: async (page) => page.getByRole('rowheader', { name: 'SurgVU / instruments' }).waitFor(),
    narrow: true,
  },
  {
    name: 'schedule',
    path: '/schedules/default/SurgVU/instruments',
    ready: async (page) => page.getByText('Skipped').first().waitFor(),
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
