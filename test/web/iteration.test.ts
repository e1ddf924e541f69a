import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { decodeCounts } from '../../src/coco/rle.ts';
import { callCvat } from '../kit/browser/call-cvat.ts';
import { checkPage } from '../kit/browser/check-page.ts';
import { comesTo } from '../kit/browser/comes-to.ts';
import { describeInBrowser } from '../kit/browser/describe-in-browser.ts';
import { logIn } from '../kit/browser/log-in.ts';
import { openBrowser, type TestBrowser } from '../kit/browser/open-browser.ts';
import { OPERATOR_TOKEN, openWebSite, type WebSite } from '../kit/browser/web-site.ts';

const ID = encodeURIComponent('Pages/Whole%20life');

/** A frame as the API tells of it. */
interface Shapes {
  readonly width: number;
  readonly height: number;
  readonly classes: readonly { readonly category: number; readonly colour: string }[];
  readonly layers: Readonly<
    Record<'preannotation' | 'label', readonly { readonly category: number; readonly counts: string }[]>
  >;
}

describeInBrowser('the page of an iteration', () => {
  let site: WebSite;
  let browser: TestBrowser;
  let page: Page;
  let passwordFile = '';
  beforeAll(async () => {
    [site, browser] = await Promise.all([
      openWebSite({
        sandboxWords: ['--no-annotator'],
        settings: (dir) => {
          passwordFile = path.join(dir, 'password');
          writeFileSync(passwordFile, 'not the password');
          return { CVAT_PASSWORD: undefined, CVAT_PASSWORD_FILE: passwordFile };
        },
      }),
      openBrowser(),
    ]);
    await site.start('Pages', 'Whole life', ['--model', site.sandbox.facts.model, '--max-epochs', '4']);
    page = await browser.open(`${site.url}/iterations/${ID}`);
    await logIn(page);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  afterEach(() => browser.requireNoComplaint());

  const text = async (words: string | RegExp): Promise<void> => page.getByText(words).first().waitFor();
  const part = async (name: string): Promise<void> =>
    page.getByRole('navigation', { name: 'Parts of the iteration' }).getByRole('link', { name }).click();

  it('says that CVAT refuses the login, what to do, and what may be answered', async () => {
    await page.getByRole('heading', { level: 1, name: 'Pages / Whole life' }).waitFor();
    await text('Needs a decision');
    await text('CVAT refuses the login.');
    await text(/Correct the login/);
    await page.getByRole('button', { name: 'Do the step again' }).waitFor();
    await checkPage(page);
  });

  it('says what a button will do, and does nothing when that is not confirmed', async () => {
    await page.getByRole('button', { name: 'Cancel the iteration' }).click();
    await text(/Nothing in CVAT is deleted/);
    await page.getByRole('button', { name: 'Do nothing' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await text('Needs a decision');
  });

  it('goes on by itself once the login is mended, until people are waited for', async () => {
    await writeFile(passwordFile, site.sandbox.facts.cvatLogin.password);
    await page.getByRole('button', { name: 'Do the step again' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Do the step again' }).click();
    await text('With people');
    await part('Jobs');
    await page.getByRole('table', { name: 'Jobs' }).getByText('new', { exact: true }).waitFor();
    await comesTo(
      async () => page.getByRole('link', { name: 'Task in CVAT' }).getAttribute('href'),
      expect.stringMatching(/\/tasks\/\d+$/),
    );
  });

  it('shows the training as it goes, and then the new model, without being loaded anew', async () => {
    await part('Training');
    await text('Nothing has been trained.');
    await drawAndComplete(site);
    await page.locator('[data-epochs]').waitFor();
    await page.locator('.recharts-dot').first().waitFor();
    await page.getByRole('heading', { level: 2, name: 'The new model' }).waitFor();
    await text('It is finished; its receipt has everything.');
    await checkPage(page);
  });

  it('paints over the picture of a frame exactly what was sealed, and what people changed', async () => {
    await part('Frames');
    await page.getByRole('button', { name: '1 Pre-annotation', pressed: true }).waitFor();
    const name = (await page.getByRole('heading', { level: 3 }).textContent()) ?? '';
    const shapes = await shapesOf(site, name);
    const before = classesOf(shapes, 'preannotation');
    const after = classesOf(shapes, 'label');
    expect(before).not.toEqual(after);
    await page.keyboard.press('1');
    await page.getByRole('button', { name: '1 Pre-annotation', pressed: false }).waitFor();
    const colours = new Map(shapes.classes.map(({ category, colour }) => [category, colour]));
    const wanted = after.map((category) => colours.get(category) ?? null);
    await comesTo(async () => farFrom(await canvas(page), wanted), []);
    await page.keyboard.press('2');
    await page.keyboard.press('3');
    await page.getByRole('button', { name: '3 Difference', pressed: true }).waitFor();
    const changed = after.map((category, at) => category !== before[at]);
    await comesTo(async () => (await canvas(page)).map((pixel) => pixel !== null), changed);
    await comesTo(async () => page.evaluate("document.querySelector('.stage img').naturalWidth"), shapes.width);
    await checkPage(page);
  });

  it('leads to the next frame by a key, and its address to the same frame again', async () => {
    const first = (await page.getByRole('heading', { level: 3 }).textContent()) ?? '';
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/frame=/);
    const shown = async (): Promise<string> => (await page.getByRole('heading', { level: 3 }).textContent()) ?? '';
    await comesTo(shown, expect.not.stringContaining(first));
    const second = await shown();
    await page.reload();
    await page.getByRole('heading', { level: 3, name: second }).waitFor();
    await page.locator(`canvas[data-frame="${second}"]`).waitFor();
  });

  it('keeps a note with the name of who wrote it', async () => {
    await part('Notes');
    await page.getByLabel('A note').fill('Looked at by two people.\nGood to go.');
    await page.getByRole('button', { name: 'Write it down' }).click();
    await page.getByRole('listitem').getByText('Looked at by two people.').waitFor();
    await comesTo(async () => page.getByRole('listitem').getByText('operator').count(), 1);
    // Nothing is left to write.
    await page.locator('.write-note button:disabled:not([data-loading])').waitFor();
    await comesTo(async () => page.getByLabel('A note').inputValue(), '');
  });

  it('shows the receipt, and holds it against the store', async () => {
    await part('Receipt');
    await page.getByRole('table', { name: 'Hashes' }).getByText('Final labels').waitFor();
    await page.getByRole('button', { name: 'Verify against the store' }).click();
    await text('Everything is as the receipt says');
  });
});

/** Adds a small shape to the first frame, as a person would, and completes the job. */
async function drawAndComplete({ sandbox: { facts } }: WebSite): Promise<void> {
  const [job] = (await callCvat(facts, 'GET', '/api/jobs'))['results'] as { id: number; task_id: number }[];
  if (job === undefined) throw new Error('CVAT has no job');
  const labels = (await callCvat(facts, 'GET', `/api/labels?task_id=${job.task_id}`))['results'] as { id: number }[];
  const drawn = { label_id: labels[0]?.id, frame: 0, points: [0, 400, 1, 1, 20, 20], type: 'mask', z_order: 9 };
  const rest = { source: 'manual', occluded: false, attributes: [] };
  const shapes = [{ ...drawn, ...rest }];
  const body = { shapes, tags: [], tracks: [] };
  await callCvat(facts, 'PATCH', `/api/jobs/${job.id}/annotations?action=create`, body);
  await callCvat(facts, 'PATCH', `/api/jobs/${job.id}`, { state: 'completed' });
}

async function shapesOf({ url }: WebSite, frame: string): Promise<Shapes> {
  const at = `${url}/api/v1/iterations/${ID}/frames/${encodeURIComponent(frame)}/shapes`;
  const answer = await fetch(at, { headers: { authorization: `Bearer ${OPERATOR_TOKEN}` } });
  return (await answer.json()) as Shapes;
}

/** The category of each pixel, row by row; 0 for none. */
function classesOf({ width, height, layers }: Shapes, layer: 'preannotation' | 'label'): readonly number[] {
  const values = Array.from({ length: width * height }, () => 0);
  for (const { category, counts } of layers[layer]) {
    let index = 0;
    decodeCounts(counts).forEach((run, place) => {
      for (let i = index; place % 2 === 1 && i < index + run; i += 1) {
        values[(i % height) * width + Math.floor(i / height)] = category;
      }
      index += run;
    });
  }
  return values;
}

/** Red, green and blue of each pixel of the overlay; null where the picture shows. */
async function canvas(page: Page): Promise<readonly (readonly [number, number, number] | null)[]> {
  const read = `(() => {
    const canvas = document.querySelector('.stage canvas');
    return [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data].join();
  })()`;
  const samples = String(await page.evaluate(read))
    .split(',')
    .map(Number);
  return Array.from({ length: samples.length / 4 }, (_, at) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = samples.slice(4 * at, 4 * at + 4);
    return alpha === 0 ? null : ([red, green, blue] as const);
  });
}

/** A canvas keeps colours multiplied by their opacity, so they come back a little off. */
const OFF = 4;

/** Places at which a pixel is not of the colour that is wanted, or there where none is wanted. */
function farFrom(
  pixels: readonly (readonly [number, number, number] | null)[],
  wanted: readonly (string | null)[],
): readonly number[] {
  return pixels.flatMap((pixel, at) => {
    const colour = wanted[at] ?? null;
    if (pixel === null || colour === null) return pixel === null && colour === null ? [] : [at];
    const parts = [1, 3, 5].map((from) => Number.parseInt(colour.slice(from, from + 2), 16));
    return parts.every((part, channel) => Math.abs(part - (pixel[channel] ?? 0)) <= OFF) ? [] : [at];
  });
}
