import { describe, expect, it } from '@jest/globals';
import { countOrigins } from '../../../../src/collect/compare/count-origins.ts';
import type { OriginsManifest, OriginsRef } from '../../../../src/contracts/origins.ts';
import { nativeShape, NOTHING, sealOf, useStore, type Held } from '../seal-of.ts';
import { trackOf } from '../track-of.ts';

const store = useStore();
const LABELS = [
  { id: 11, name: 'cup' },
  { id: 12, name: 'dish' },
];
const NONE = { auto: 0, file: 0, semiAuto: 0, manual: 0, other: 0 };

async function counted(held: Held): Promise<{ ref: OriginsRef; manifest: OriginsManifest }> {
  const seal = await sealOf(store(), held);
  const ref = await countOrigins({
    store: store(),
    seal: seal.artifact,
    people: held.people ?? 'names',
    signal: new AbortController().signal,
  });
  const text = new TextDecoder().decode(await store().get(ref.manifest));
  return { ref, manifest: JSON.parse(text) as OriginsManifest };
}

let ids = 0;
const from = (source: string, frame: number, labelId = 11) => nativeShape({ id: (ids += 1), source, frame, labelId });

const TWO_JOBS: Held = {
  frames: 6,
  labels: LABELS,
  jobs: [
    { id: 5, startFrame: 0, stopFrame: 2, assignee: 'anna' },
    { id: 6, startFrame: 3, stopFrame: 5 },
  ],
  content: (job) =>
    job === 5
      ? { ...NOTHING, shapes: [from('auto', 0), from('file', 0, 12), from('semi-auto', 1), from('auto', 1)] }
      : { ...NOTHING, shapes: [from('manual', 3), from('consensus', 3, 12)] },
};

describe('where sealed shapes come from', () => {
  it('is told by class, job and person, and on which frames somebody drew', async () => {
    const { ref } = await counted(TWO_JOBS);
    expect(ref).toMatchObject({
      frames: 6,
      shapes: { auto: 2, file: 1, semiAuto: 1, manual: 1, other: 1 },
      asImported: { total: 1, first: [[0, 0]] },
      touched: {
        total: 2,
        first: [
          [1, 1],
          [3, 3],
        ],
      },
      classes: {
        first: [
          { name: 'cup', shapes: { ...NONE, auto: 2, semiAuto: 1, manual: 1 } },
          { name: 'dish', shapes: { ...NONE, file: 1, other: 1 } },
        ],
      },
    });
    expect(ref.jobs.first.map(({ job, frames }) => [job, frames])).toEqual([
      [6, 3],
      [5, 3],
    ]);
    expect(ref.people?.first.map(({ person }) => person)).toEqual([null, 'anna']);
  });

  it('names people as the setting says', async () => {
    expect((await counted({ ...TWO_JOBS, people: 'none' })).manifest.people).toBe(null);
    const { manifest } = await counted({ ...TWO_JOBS, people: 'pseudonyms' });
    expect(manifest.people?.map(({ person }) => person)).toEqual(['person 1', null]);
    expect(JSON.stringify(manifest)).not.toContain('anna');
  });

  it('counts a track on each frame that it shows, and nothing of deleted and unfinished frames', async () => {
    const { manifest } = await counted({
      ...TWO_JOBS,
      jobs: [
        { id: 5, startFrame: 0, stopFrame: 2 },
        { id: 6, startFrame: 3, stopFrame: 5, complete: false },
      ],
      deleted: [1],
      content: (job) =>
        job === 5
          ? { ...NOTHING, tracks: [{ ...trackOf({ keyframes: [{ frame: 0 }] }), source: 'semi-auto' }] }
          : NOTHING,
    });
    expect(manifest.frames.map(({ frame, shapes }) => [frame, shapes.semiAuto])).toEqual([
      [0, 1],
      [2, 1],
    ]);
  });

  it('stays small with very many frames, jobs and long names', async () => {
    const jobs = Array.from({ length: 400 }, (_, i) => ({
      id: 1000 + i,
      startFrame: i * 2,
      stopFrame: i * 2 + 1,
      assignee: `${'somebody with a long name '.repeat(4)}${i}`,
    }));
    const labels = Array.from({ length: 60 }, (_, i) => ({ id: i + 1, name: `${'label '.repeat(20)}${i}` }));
    const content = (job: number) => {
      const at = (job - 1000) * 2;
      return { ...NOTHING, shapes: [from('manual', at, (at % 60) + 1)] };
    };
    const { ref, manifest } = await counted({ frames: 800, labels, jobs, content });
    expect(Buffer.byteLength(JSON.stringify(ref))).toBeLessThan(5000);
    expect(ref.touched.total).toBe(400);
    expect(manifest.frames).toHaveLength(800);
  });
});
