import { describe, expect, it } from '@jest/globals';
import { compareLabels } from '../../../../src/collect/compare/compare-labels.ts';
import { storePreannotations, type Box } from '../../../kit/preannotations.ts';
import { NOTHING, sealOf, useStore } from '../seal-of.ts';

const store = useStore();
const CATEGORIES = [{ id: 4, name: 'cup' }];
const CUP: Box = [10, 10, 30, 20];

describe('the summary of a comparison', () => {
  it('stays small, whatever the number and length of names', async () => {
    const categories = Array.from({ length: 300 }, (_, i) => ({ id: i + 1, name: `${'🫀'.repeat(200)} ${i}` }));
    const labels = categories.map(({ id, name }) => ({ id, name }));
    const frames = Array.from({ length: 300 }, (_, i) => ({
      name: `f${i}.png`,
      shapes: [{ category: i + 1, box: CUP }],
    }));
    const jobs = frames.map((_, i) => ({ id: i + 1, startFrame: i, stopFrame: i, assignee: '🫀'.repeat(100) + i }));
    const content = () => NOTHING;
    const seal = await sealOf(store(), { frames: 300, labels, jobs, content });
    const ref = await compareLabels({
      store: store(),
      preannotations: await storePreannotations(store(), categories, frames),
      seal: seal.artifact,
      categories,
      people: 'names',
      leftAlone: new Set(),
      untouchedSources: ['auto'],
      signal: new AbortController().signal,
    });
    expect(Buffer.byteLength(JSON.stringify(ref))).toBeLessThan(6000);
    expect(ref).toMatchObject({ classes: { total: 300 }, jobs: { total: 300 }, people: { total: 300 } });
    expect(ref.classes.first.length).toBeGreaterThan(5);
    expect(ref.changedPixels).toBe(300 * 200);
  });

  it('is refused for an image of another size than its frame', async () => {
    const seal = await sealOf(store(), {
      frames: 1,
      labels: [{ id: 11, name: 'cup' }],
      jobs: [{ id: 5, startFrame: 0, stopFrame: 0 }],
      content: () => NOTHING,
    });
    const image = { id: 1, file_name: 'f0.png', width: 9, height: 9 };
    const document = {
      images: [image],
      annotations: [],
      categories: CATEGORIES,
      info: { description: '' },
      licenses: [],
    };
    const comparing = compareLabels({
      store: store(),
      preannotations: await store().put(Buffer.from(JSON.stringify(document))),
      seal: seal.artifact,
      categories: CATEGORIES,
      people: 'none',
      leftAlone: new Set(),
      untouchedSources: ['auto'],
      signal: new AbortController().signal,
    });
    await expect(comparing).rejects.toMatchObject({ code: 'FrameSizeMismatch', facts: { frame: 'f0.png' } });
  });
});
