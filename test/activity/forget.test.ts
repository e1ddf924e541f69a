import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readLabels, readSubmission } from '../../src/activities/read-manifest.ts';
import { readHead } from '../../src/activities/training-set/set-chain.ts';
import { forgottenName, tombstoneName } from '../../src/contracts/ids.ts';
import type { IterationResults } from '../../src/contracts/iteration.ts';
import { verifyReceipt } from '../../src/receipts/verify/verify-receipt.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { recordIteration, recordReceipt } from '../kit/recorded-iteration.ts';
import { refusedBy } from '../kit/training-desk.ts';
import { ASKED, withdrawalsOf } from '../kit/withdrawals.ts';

let site: ActivitySite;
let results: IterationResults;
beforeEach(async () => {
  site = await openActivitySite({ frames: 5, sandboxMonai: { watcherLimit: null, watcherMs: 20, epochMs: 1 } });
  results = await recordIteration(site);
}, 240_000);
afterEach(async () => site.close());

const verify = async () => verifyReceipt(site.store, site.id, { signal: new AbortController().signal });

/** Hashes of all artifacts. */
async function artifacts(): Promise<ReadonlySet<string>> {
  const files = await readdir(join(site.store.address, 'sha256'), { recursive: true });
  return new Set(files.map((path) => basename(path)).filter((name) => name.length === 64));
}

/** A frame of the recorded iteration, with what was submitted of it. */
async function frameOf(part: 'training' | 'heldOut') {
  const { frames } = await readSubmission(site.store, results.submission!.manifest);
  const found = frames.find((frame) => frame.part === part);
  if (found === undefined) throw new Error(`no frame is ${part}`);
  return found;
}

describe('a frame that is forgotten', () => {
  it.each(['training', 'heldOut'] as const)(
    'leaves store and trainer, %s, and verification tells it from a loss',
    async (part) => {
      const { name, imageId, label, submittedSha256, imageSha256 } = await frameOf(part);
      const before = await artifacts();
      const plan = await withdrawalsOf(site).plan([name]);
      expect(plan).toMatchObject({ done: false, frames: [name], task: site.input.task });
      expect([await artifacts(), await verify()]).toEqual([before, expect.objectContaining({ absent: [] })]);
      const done = await withdrawalsOf(site).forget([name]);
      expect(done).toEqual({ ...plan, done: true });
      expect(done.trainer).toMatchObject({ images: 1, labels: part === 'training' ? 1 : 0 });
      const after = await artifacts();
      const gone = [...before].filter((sha256) => !after.has(sha256));
      expect(gone).toHaveLength(done.artifacts);
      expect(gone).toContain(label.sha256);
      if (submittedSha256 !== null) expect(gone).toContain(submittedSha256);
      expect([...after].filter((sha256) => !before.has(sha256)).length).toBeLessThanOrEqual(3);
      expect(await site.monai.getImage(imageId)).toBeNull();
      expect(await site.monai.getLabel(imageId, 'final')).toBeNull();
      const found = await verify();
      expect(found.failures).toEqual([]);
      expect(found.absent.length).toBeGreaterThan(0);
      expect(new Set(found.absent.map(({ why }) => why))).toEqual(new Set(['forgotten']));
      for (const sha256 of [...gone, imageSha256 ?? '']) {
        expect(await site.store.getNamed(tombstoneName(sha256))).not.toBeNull();
      }
      const said = await site.store.getNamed(forgottenName(site.input, name));
      expect(JSON.parse(Buffer.from(said ?? []).toString())).toMatchObject({ frame: name, imageId, ...ASKED });
      expect(await site.store.listNamed('predictions/')).toHaveLength(part === 'heldOut' ? 0 : 1);
      expect(await withdrawalsOf(site).forget([name])).toMatchObject({
        artifacts: 0,
        bytes: 0,
        trainer: { images: 0, labels: 0 },
      });
    },
    30_000,
  );

  it('is gone in the end, and never looks like a loss, whichever change a crash comes after', async () => {
    const { name, imageId } = await frameOf('heldOut');
    const before = await artifacts();
    const plan = await withdrawalsOf(site).plan([name]);
    let crashes = 0;
    for (let changes = 0; ; changes += 1) {
      const done = await withdrawalsOf(site, { changes })
        .forget([name])
        .catch(() => null);
      expect((await verify()).failures).toEqual([]);
      if (done !== null) break;
      crashes += 1;
    }
    expect(crashes).toBeGreaterThan(2 * plan.artifacts + 2);
    const after = await artifacts();
    expect([...before].filter((sha256) => !after.has(sha256))).toHaveLength(plan.artifacts);
    expect([await site.monai.getImage(imageId), await site.store.listNamed('predictions/')]).toEqual([null, []]);
    expect((await withdrawalsOf(site).plan([name])).artifacts).toBe(0);
  }, 240_000);

  it('leaves what any other frame needs, of an iteration with a receipt or without one', async () => {
    const { name, label } = await frameOf('training');
    const labels = await readLabels(site.store, results.labels!.manifest);
    const other = labels.frames.map((frame) => ({ ...frame, label }));
    const manifest = await site.store.put(Buffer.from(JSON.stringify({ ...labels, frames: other })));
    const value = { labels: { ...results.labels!, manifest } };
    const elsewhere = { place: { ...site.input, task: 'under way' }, value };
    const where = { task: site.input.task };
    const { artifacts: all } = await withdrawalsOf(site).plan([name]);
    const running = withdrawalsOf(site, { running: [elsewhere] });
    expect(await running.plan([name], where)).toMatchObject({ artifacts: all - 1, shared: 1 });
    const refused = await refusedBy(running.plan([name]));
    expect(refused).toMatchObject({ type: 'FrameAmbiguous', facts: { frame: name } });
    await recordReceipt(site, value, { id: 'SurgVU/other', input: { ...site.input, task: 'other' } });
    expect(await withdrawalsOf(site).forget([name])).toMatchObject({ artifacts: all - 1, shared: 1 });
    expect(await site.store.get(label)).toBeInstanceOf(Uint8Array);
    expect(await site.store.getNamed(tombstoneName(label.sha256))).toBeNull();
  }, 240_000);

  it('becomes no frame of another task again, which a plan tells before', async () => {
    const { name } = await frameOf('training');
    await withdrawalsOf(site).forget([name]);
    const again = { id: 'SurgVU/Again', input: { ...site.input, task: 'Again' } };
    const told = { facts: { frames: [name] } };
    const { troubles } = await site.run('planIteration', again);
    expect(troubles).toMatchObject([{ code: 'FrameForgotten', ...told }]);
    const asked = site.log.entries.length;
    expect(await refusedBy(site.run('ensureTask', again))).toMatchObject({ type: 'FrameForgotten', ...told });
    expect(site.log.entries.slice(asked).filter(({ method }) => method !== 'GET')).toEqual([]);
    await rm(join(site.scenes.imagesDir, name));
    const without = { ...again.input, images: await describeFolder(site.scenes.imagesDir) };
    expect(await site.run('ensureTask', { id: again.id, input: without })).toMatchObject({ frames: 4, created: true });
  }, 30_000);

  it('is never submitted again, under its own name or as the same image of another task', async () => {
    const { name, imageId } = await frameOf('training');
    await withdrawalsOf(site).forget([name]);
    const { task, labels } = results;
    const own = { task: task!, labels: labels! };
    const again = await site.run('submitLabels', { ...own, id: `${site.id}~2` });
    expect(again).toMatchObject({ withdrawn: { excluded: 0, forgotten: 1 } });
    // Without held-out frames of its own: with the same pictures, they would be those that the other task is trained on.
    const training = { ...site.input.training!, heldOutFraction: 0 };
    const input = { ...site.input, task: 'same images', training };
    const elsewhere = await site.run('submitLabels', { ...own, id: 'SurgVU/same%20images', input });
    expect(elsewhere).toMatchObject({ withdrawn: { excluded: 0, forgotten: 1 } });
    for (const { manifest } of [again, elsewhere]) {
      expect((await readSubmission(site.store, manifest)).frames.map((frame) => frame.name)).not.toContain(name);
    }
    expect(await site.monai.getImage(imageId)).toBeNull();
    const chain = (await site.store.listNamed('training-sets/'))[0]?.split('/')[1] ?? '';
    const set = (await readHead(site.store, chain))?.set;
    expect(set?.frames.filter((frame) => frame.name === name)).toEqual([]);
  }, 240_000);
});
