import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { readMask } from '../../src/coco/read-mask.ts';
import { readLabels } from '../../src/collect/read-labels.ts';
import { exclusionName, forgottenName } from '../../src/contracts/ids.ts';
import type { IterationResults } from '../../src/contracts/iteration.ts';
import { TOKENS } from '../kit/api-site.ts';
import { openGallerySite, type GallerySite } from '../kit/gallery-site.ts';
import { painted, type Shapes } from '../kit/paint-layer.ts';

let site: GallerySite;

beforeAll(async () => {
  site = await openGallerySite();
}, 60_000);
afterAll(async () => site.close());

interface Row {
  readonly name: string;
  readonly frame: number;
  readonly changed: number;
  readonly dice: number | null;
  readonly excluded: boolean;
  readonly heldOut: boolean;
  readonly layers: readonly string[];
}

const frames = async (query = '') => site.get<{ frames: Row[]; total: number; next: number | null }>(`/frames${query}`);
const shapesPath = (name: string): string => `/frames/${encodeURIComponent(name)}/shapes`;
const imagePath = (name: string): string => `${site.at}/frames/${encodeURIComponent(name)}/image`;

describe('the frames of an iteration', () => {
  it('come with those first that people changed most, page by page', async () => {
    const all = await frames();
    expect(all.frames.map(({ frame }) => frame).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
    expect(all.frames[0]?.changed).toBeGreaterThan(0);
    expect(all.frames[0]?.dice).toBeLessThan(1);
    expect(all.frames.slice(1).map(({ changed, dice }) => [changed, dice])).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    const first = await frames('?limit=3');
    expect([first.frames.length, first.next, first.total]).toEqual([3, 3, 4]);
    const rest = await frames(`?limit=3&from=${first.next}`);
    expect([...first.frames, ...rest.frames]).toEqual(all.frames);
    expect(rest.next).toBeNull();
    expect((await frames('?only=changed')).frames).toEqual(all.frames.slice(0, 1));
    expect((await frames('?order=number')).frames.map(({ frame }) => frame)).toEqual([0, 1, 2, 3]);
  });

  it('say which are held out and which people took out of training', async () => {
    const [held] = (await frames('?only=heldOut')).frames;
    expect(held).toMatchObject({ heldOut: true, layers: ['preannotation', 'label', 'prediction'] });
    const place = { connection: 'default', project: 'SurgVU', task: 'Iteration_1' };
    const [first] = (await frames('?order=name')).frames;
    const note = { entries: [{ what: 'exclude' }] };
    await site.activities.store.putNamed(exclusionName(place, first?.name ?? ''), Buffer.from(JSON.stringify(note)));
    expect((await frames('?only=excluded')).frames.map(({ name }) => name)).toEqual([first?.name]);
  });

  it('are drawn as exactly what was sent and what was sealed', async () => {
    const { labels, dataset } = site.results;
    if (labels === undefined || dataset === undefined) throw new Error('nothing was sealed');
    const { frames: sealed } = await readLabels(site.activities.store, labels.manifest);
    for (const { name, label, width, height } of sealed) {
      const shapes = await site.get<Shapes>(shapesPath(name));
      expect([shapes.width, shapes.height]).toEqual([width, height]);
      const final = readMask(await site.activities.store.get(label), name).values;
      expect(Buffer.from(painted(shapes, 'label'))).toEqual(Buffer.from(final));
      const given = await readFile(path.join(site.activities.scenes.masksDir, name));
      expect(Buffer.from(painted(shapes, 'preannotation'))).toEqual(Buffer.from(readMask(given, name).values));
      expect(shapes.classes[0]?.colour).toMatch(/^#[0-9a-f]{6}$/);
    }
  });

  it('are those of the masks, with pre-annotations alone, before there is a seal', async () => {
    const { dataset, task } = site.results;
    site.show({ dataset, task } as IterationResults);
    const all = await site.get<{ from: string; frames: { name: string; layers: string[]; dice: null }[] }>('/frames');
    expect([all.from, all.frames.length]).toEqual(['masks', 4]);
    expect(all.frames[0]).toMatchObject({ layers: ['preannotation'], dice: null });
    const shapes = await site.get<Shapes>(shapesPath(all.frames[0]?.name ?? ''));
    expect([shapes.layers['preannotation'] === null, shapes.layers['label']]).toEqual([false, null]);
    const { status, headers } = await site.api.ask(TOKENS.viewer, 'GET', imagePath(all.frames[0]?.name ?? ''));
    expect([status, headers.get('content-type')]).toEqual([200, 'image/png']);
    site.show();
  });

  it('are none before there are masks', async () => {
    site.show({});
    expect(await site.get('/frames')).toMatchObject({ from: 'nothing', frames: [] });
    site.show();
  });

  it('are no others: what a caller makes up is not looked for', async () => {
    for (const name of ['../../etc/passwd', 'frame_99.png']) {
      const { status, json } = await site.api.ask(TOKENS.viewer, 'GET', imagePath(name));
      expect([status, (json as { code: string }).code]).toEqual([404, 'FrameUnknown']);
      const shapes = await site.api.ask(TOKENS.viewer, 'GET', site.at + shapesPath(name));
      expect([shapes.status, (shapes.json as { code: string }).code]).toEqual([404, 'FrameUnknown']);
    }
  });
});

describe('the picture of a frame', () => {
  const picture = async (name: string): Promise<{ bytes: Buffer; type: string | null; cache: string | null }> => {
    const answer = await fetch(site.api.url + imagePath(name), {
      headers: { authorization: `Bearer ${TOKENS.viewer}` },
    });
    if (!answer.ok) throw new Error(await answer.text());
    const { headers } = answer;
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { bytes, type: headers.get('content-type'), cache: headers.get('cache-control') };
  };

  it('is the file that the task was filled with, and may be kept by the browser of who asked alone', async () => {
    const [{ name } = { name: '' }] = (await frames('?order=number')).frames;
    const { bytes, type, cache } = await picture(name);
    expect(bytes).toEqual(await readFile(path.join(site.activities.scenes.imagesDir, name)));
    expect([type, cache]).toEqual(['image/png', 'private, max-age=600']);
  });

  it('is that of CVAT once the folder holds another, or none', async () => {
    const [first, second] = (await frames('?order=number')).frames;
    const dir = site.activities.scenes.imagesDir;
    const before = await readFile(path.join(dir, first?.name ?? ''));
    await rename(path.join(dir, second?.name ?? ''), path.join(dir, first?.name ?? ''));
    expect((await picture(first?.name ?? '')).bytes).toEqual(before);
    await rm(dir, { recursive: true });
    expect((await picture(first?.name ?? '')).bytes).toEqual(before);
  });

  it('is of a kind that browsers show, whatever CVAT calls it', async () => {
    const [{ name } = { name: '' }] = (await frames('?order=number')).frames;
    const [task] = [...site.activities.sandbox.state.tasks.values()];
    const [frame] = task?.data?.frames ?? [];
    if (frame === undefined) throw new Error('no frame');
    const kept = frame.bytes;
    Object.assign(frame, { bytes: await sharp(kept).tiff({ compression: 'lzw' }).toBuffer() });
    const { bytes, type } = await picture(name);
    expect(type).toBe('image/png');
    expect(await sharp(bytes).raw().toBuffer()).toEqual(await sharp(kept).raw().toBuffer());
    Object.assign(frame, {
      bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><script/></svg>'),
    });
    await expect(picture(name)).rejects.toThrow('PictureRefused');
    Object.assign(frame, { bytes: kept });
  });

  it('is not shown of a frame that was forgotten', async () => {
    const place = { connection: 'default', project: 'SurgVU', task: 'Iteration_1' };
    const [{ name } = { name: '' }] = (await frames('?order=number')).frames;
    await site.activities.store.putNamed(forgottenName(place, name), Buffer.from('{}'));
    expect((await frames('?only=forgotten')).frames).toMatchObject([{ name, layers: [] }]);
    for (const what of [imagePath(name), site.at + shapesPath(name)]) {
      expect((await site.api.ask(TOKENS.viewer, 'GET', what)).status).toBe(404);
    }
    await site.activities.store.removeNamed(forgottenName(place, name));
  });
});
