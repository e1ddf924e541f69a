import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tombstoneName } from '../../src/contracts/ids.ts';
import type { IterationInput, IterationResults } from '../../src/contracts/iteration.ts';
import type { EvaluationManifest } from '../../src/contracts/manifests.ts';
import type { ArtifactRef } from '../../src/contracts/refs.ts';
import type { StopRule } from '../../src/contracts/stop-rules.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { LABELS } from '../kit/fake-activities.ts';
import { writePng } from '../kit/png-writer.ts';
import { recordReceipt } from '../kit/recorded-iteration.ts';

const SIDE = 10;
const GREY = { colourType: 0, bitDepth: 8 } as const;
const RULES: readonly StopRule[] = [
  { rule: 'plateau', action: 'ask', iterations: 3, minSlope: 0.02 },
  { rule: 'budget', action: 'note', frames: 9, iterations: null, days: null },
];

let site: ActivitySite;
beforeAll(async () => {
  site = await openActivitySite();
});
afterAll(async () => site.close());

/** A mask whose first rows, so many as are right, hold class 1. */
async function mask(rows: number) {
  const values = Uint8Array.from({ length: SIDE * SIDE }, (_, at) => (at < rows * SIDE ? 1 : 0));
  return site.store.put(writePng({ width: SIDE, height: SIDE, values }, GREY));
}

/** Results of an iteration after which a model finds so many of ten rows, in each of four videos. */
async function measured(rows: readonly number[]): Promise<IterationResults> {
  const label = await mask(SIDE);
  const frames = await Promise.all(
    rows.map(async (found, video) => ({
      name: `video_${video}/a.png`,
      group: `video_${video}`,
      label,
      prediction: await mask(found),
    })),
  );
  const manifest: EvaluationManifest = { categories: [{ id: 1, name: 'Grasper' }], frames };
  const put = await site.store.put(Buffer.from(JSON.stringify(manifest)));
  const evaluation = { manifest: put, frames: rows.length, meanDice: rows[0]! / 10, perClass: {} };
  return { labels: LABELS, evaluation };
}

async function document(ref: ArtifactRef): Promise<unknown> {
  return JSON.parse(Buffer.from(await site.store.get(ref)).toString('utf8'));
}

async function inputOf(name: string, number: number, stop = RULES): Promise<IterationInput> {
  const policy = await site.store.put(Buffer.from(JSON.stringify({ schema: 'maskloop.loop/1', stop })));
  return { ...site.input, task: `${name}_${number}`, loop: { name, number, policy, selection: null } };
}

/** Ends an iteration of a loop: it is judged, and then its receipt is written. */
async function iterate(name: string, number: number, rows: readonly number[]) {
  const input = await inputOf(name, number);
  const id = `SurgVU/${input.task}`;
  const results = await measured(rows);
  const facts = { startedAt: '2026-03-01T08:00:00.000Z', endedAt: '2026-03-01T09:00:00.000Z', results };
  const stopping = await site.run('judgeLoop', { id, input, facts });
  await recordReceipt(site, { ...results, stopping }, { id, input });
  return stopping;
}

describe('a loop', () => {
  it('is proposed to stop when the model no longer improves, judged by the groups of held-out frames', async () => {
    await iterate('flat', 1, [5, 5, 5, 5]);
    expect((await iterate('flat', 2, [8, 8, 8, 8])).proposes).toBeNull();
    expect((await iterate('flat', 3, [8, 8, 8, 8])).proposes).toBe('note');
    const last = await iterate('flat', 4, [8, 8, 8, 8]);
    expect(last.proposes).toBe('ask');
    expect(last.findings.map(({ rule, proposes }) => [rule, proposes])).toEqual([
      ['plateau', true],
      ['budget', true],
    ]);
    expect(last.findings[0]?.interval).toEqual({ low: expect.closeTo(0, 6), high: expect.closeTo(0, 6) });
    expect(await document(last.points)).toMatchObject([
      { number: 1, dice: 0.5, frames: 3 },
      { number: 2, dice: 0.8, frames: 3 },
      { number: 3, dice: 0.8, frames: 3 },
      { number: 4, dice: 0.8, frames: 3 },
    ]);
  });

  it('is judged without held-out frames that were forgotten since, and not by its slope where none is left', async () => {
    const forget = async (rows: number): Promise<void> => {
      const { sha256 } = await mask(rows);
      await site.store.putNamed(tombstoneName(sha256), Buffer.from('{}'));
      await site.store.remove(sha256);
    };
    // The prediction of one video alone has one row, and that of all of the last iteration three.
    await iterate('less', 1, [5, 5, 5, 1]);
    await iterate('less', 2, [5, 5, 5, 1]);
    await forget(1);
    const third = await iterate('less', 3, [5, 5, 5, 5]);
    expect(third.findings[0]).toMatchObject({ rule: 'plateau', proposes: true, interval: { low: 0, high: 0 } });
    await iterate('less', 4, [3, 3, 3, 3]);
    await forget(3);
    const last = await iterate('less', 5, [5, 5, 5, 5]);
    expect(last.findings[0]).toMatchObject({ rule: 'plateau', proposes: false, interval: null });
  });

  it('is told from other loops of the project, and its numbers are numbers', async () => {
    await iterate('other', 9, [5, 5, 5, 5]);
    await iterate('other', 10, [6, 6, 6, 6]);
    const { points } = await iterate('other', 11, [7, 7, 7, 7]);
    expect(await document(points)).toMatchObject([{ number: 9 }, { number: 10 }, { number: 11 }]);
  });

  it('is judged by the newest receipt of an iteration that was done again', async () => {
    await iterate('again', 1, [5, 5, 5, 5]);
    const input = await inputOf('again', 1);
    await recordReceipt(site, await measured([7, 7, 7, 7]), { id: 'SurgVU/again_1~2', input });
    const { points } = await iterate('again', 2, [8, 8, 8, 8]);
    expect(await document(points)).toMatchObject([
      { id: 'SurgVU/again_1~2', dice: 0.7 },
      { id: 'SurgVU/again_2', dice: 0.8 },
    ]);
  });

  it('whose policy is lost is not judged, and says so', async () => {
    const input = await inputOf('lost', 1);
    const policy = { uri: `store:sha256/00/${'0'.repeat(64)}`, sha256: '0'.repeat(64), bytes: 1 };
    const facts = { startedAt: '2026-03-01T08:00:00.000Z', endedAt: '2026-03-01T09:00:00.000Z', results: {} };
    const loop = { name: 'lost', number: 1, policy, selection: null };
    await expect(site.run('judgeLoop', { input: { ...input, loop }, facts })).rejects.toMatchObject({
      type: 'ArtifactMissing',
    });
  });
});
