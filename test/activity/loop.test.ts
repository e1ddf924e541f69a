import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { receiptName, samplesName } from '../../src/contracts/ids.ts';
import type { LoopMembership } from '../../src/contracts/loop-membership.ts';
import type { StopRef } from '../../src/contracts/stop-rules.ts';
import { sampleReceipt } from '../unit/operations/sample-receipt.ts';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { NextIteration } from '../../src/contracts/loop-activities.ts';
import type { LoopPolicy } from '../../src/contracts/loop.ts';
import { openContents } from '../../src/storage/open-contents.ts';
import { describeStoredFolder } from '../../src/storage/stored-folder.ts';
import { openLoopSite, type LoopSite } from '../kit/loop-site.ts';
import { publishModel } from '../kit/prediction-site.ts';

let site: LoopSite;
beforeAll(async () => {
  site = await openLoopSite({ frames: 7 });
});
afterAll(async () => site.close());

async function prepare(number: number, changes: Partial<LoopPolicy> = {}): Promise<NextIteration> {
  const args = { loop: site.loop, policy: await site.policy(changes), number };
  const selection = await site.runLoop('selectSamples', args);
  return site.runLoop('prepareIteration', { ...args, selection });
}

function inputOf(next: NextIteration): IterationInput {
  if (next.kind !== 'start') throw new Error(`it is ${next.kind}`);
  return next.input;
}

describe('the next iteration of a loop', () => {
  it('begins from nothing while no model is published, with exactly the frames that were chosen', async () => {
    const input = inputOf(await prepare(1));
    expect(input).toMatchObject({ task: 'Iteration_1', masks: null, fromScratch: true, training: { maxEpochs: 2 } });
    expect(input.loop).toMatchObject({ name: 'vessels', number: 1, policy: { sha256: site.loop.policy.sha256 } });
    if (input.images === null) throw new Error('no images');
    const { names } = await openContents(site.store, input.images);
    expect(names).toHaveLength(2);
    const { frames } = await site.run('ensureTask', { id: 'SurgVU/Iteration_1', input });
    expect(frames).toBe(2);
    expect(inputOf(await prepare(1)).images).toEqual(input.images);
  });

  it('begins with the masks of its frames out of a folder, and with none where the folder has none of them', async () => {
    const { masks } = site.input;
    if (masks === null) throw new Error('no masks');
    const input = inputOf(await prepare(2, { firstMasks: { kind: 'folder', masks } }));
    expect(input).not.toHaveProperty('fromScratch');
    if (input.masks === null || input.images === null) throw new Error('no masks or images');
    const { names } = await openContents(site.store, input.masks);
    const stems = (all: readonly string[]) => all.map((name) => name.replace(/\.[^.]+$/, ''));
    expect(stems(names)).toEqual(stems((await openContents(site.store, input.images)).names));
    const [name = ''] = (await openContents(site.store, masks)).names;
    const content = await (await openContents(site.store, masks)).read(name);
    const files = [{ name: 'of_another_frame.png', ...(await site.store.put(content)) }];
    const list = await site.store.put(Buffer.from(JSON.stringify({ schema: 'maskloop.files/1', files })));
    const others = await describeStoredFolder(site.store, list.uri);
    const none = inputOf(await prepare(2, { firstMasks: { kind: 'folder', masks: others } }));
    expect(none).toMatchObject({ masks: null, fromScratch: true });
  });

  it('has its masks predicted once a model is published, and where a model has to be there', async () => {
    expect(inputOf(await prepare(1, { firstMasks: { kind: 'predict' } })).predict).toBeDefined();
    await publishModel(site, 1);
    const input = inputOf(await prepare(1));
    expect(input.predict).toEqual({ model: site.rules.iteration.training.model });
    expect(input).not.toHaveProperty('fromScratch');
  });

  it('labels held-out frames from nothing and trains nothing on them; the others are measured on them', async () => {
    const heldOutTask = { frames: 3 };
    const first = inputOf(await prepare(0, { heldOutTask, firstMasks: { kind: 'predict' } }));
    expect(first).toMatchObject({ task: 'Iteration_held_out', fromScratch: true, training: null });
    expect(inputOf(await prepare(1, { heldOutTask })).training).not.toHaveProperty('heldOut');
    await site.store.putNamed(receiptName('SurgVU/Iteration_held_out'), Buffer.from('{}'));
    expect(inputOf(await prepare(1, { heldOutTask })).training).toMatchObject({
      heldOutFraction: 0,
      heldOut: { kind: 'task', task: 'Iteration_held_out' },
    });
  });

  it('takes a task that is there as it is: it is only observed', async () => {
    const args = { loop: site.loop, policy: site.loop.policy, number: 7, selection: null };
    const input = inputOf(await site.runLoop('prepareIteration', args));
    expect(input).toMatchObject({ task: 'Iteration_7', masks: null, images: null, loop: { selection: null } });
    expect(input).not.toHaveProperty('predict');
    expect(input).not.toHaveProperty('fromScratch');
  });

  it('counts its deadline from its own start', async () => {
    const { iteration } = site.rules;
    const deadline = { afterMs: 3_600_000, policy: 'continue' } as const;
    const { completion } = inputOf(await prepare(1, { iteration: { ...iteration, deadline } }));
    const inMs = Date.parse(completion.deadline?.at ?? '') - Date.now();
    expect(inMs).toBeGreaterThan(3_500_000);
    expect(inMs).toBeLessThan(3_600_001);
  });

  it('has too few frames when the pool is used up, says so, and forgets the empty choice', async () => {
    expect(await prepare(8, { batchSize: 7 })).toMatchObject({ kind: 'start' });
    const next = await prepare(9, { batchSize: 4, minNewFrames: 2, stop: [{ rule: 'empty-pool', action: 'ask' }] });
    expect(next).toMatchObject({
      kind: 'too few',
      frames: 0,
      finding: { rule: 'empty-pool', action: 'ask', proposes: true, value: 0, limit: 2 },
    });
    expect(await site.store.getNamed(samplesName(site.loop, 9))).toBeNull();
  });

  it('is known where somebody has started it, or it has a receipt', async () => {
    const args = { loop: site.loop, policy: site.loop.policy, number: 5, selection: null };
    const known = { kind: 'known', id: 'SurgVU/Iteration_5' };
    expect(await site.runLoop('prepareIteration', args, { 'SurgVU/Iteration_5': 'running' })).toEqual(known);
    expect(await site.runLoop('prepareIteration', args, { 'SurgVU/Iteration_5': 'cancelled' })).toMatchObject({
      kind: 'start',
    });
    await site.store.putNamed(receiptName('SurgVU/Iteration_5'), Buffer.from('{}'));
    expect(await site.runLoop('prepareIteration', args)).toEqual(known);
  });
});

describe('a loop in a project with tasks of people', () => {
  it('reads their numbers as numbers, and takes them or goes past them', async () => {
    const projectId = (await site.cvat.findProject('SurgVU'))?.id ?? 0;
    for (const number of [2, 3, 4, 10, 11, 1000]) {
      await site.cvat.createTask({ name: `Run_${number}`, projectId, bugTracker: '', segmentSize: null });
    }
    const find = async (changes: Partial<LoopPolicy>, from: number | null, running: string[] = []) => {
      const policy = await site.policy({ taskName: 'Run_{n}', ...changes });
      const standings = Object.fromEntries(running.map((id) => [id, 'running' as const]));
      return site.runLoop('findLoopNumber', { loop: site.loop, policy, from }, standings);
    };
    // Frames of the loop were chosen up to number 2 by the tests above.
    expect(await find({}, 3)).toEqual({ number: 5, task: 'new', begun: false, pace: 'continuous' });
    expect(await find({}, 9)).toMatchObject({ number: 9 });
    expect(await find({}, 10)).toMatchObject({ number: 12, task: 'new' });
    expect(await find({}, 1000)).toMatchObject({ number: 1001 });
    expect(await find({ existingTasks: 'adopt', pace: 'schedule' }, 10)).toEqual({
      number: 10,
      task: 'there',
      begun: false,
      pace: 'schedule',
    });
    expect(await find({}, 9, ['SurgVU/Run_9'])).toMatchObject({ number: 9, task: 'there', begun: true });
  });

  it('takes no policy of another loop, project or connection, and nothing that is none', async () => {
    const check = async (changes: Partial<LoopPolicy>) =>
      site.runLoop('checkPolicy', { loop: site.loop, policy: await site.policy(changes), now: site.loop.policy });
    expect(await check({})).toEqual({ changes: 'nothing' });
    const { changes } = await check({ batchSize: 7, stop: [{ rule: 'target', dice: 0.9, action: 'ask' }] });
    expect(changes).toMatch(/batch: 7 frames .* instead of 2 frames .*0\.9/);
    await expect(check({ project: 'Other' })).rejects.toMatchObject({
      type: 'PolicyDiffers',
      message: 'The policy has project "Other" instead of "SurgVU".',
    });
    await expect(check({ heldOutTask: { frames: 3 } })).rejects.toMatchObject({
      type: 'PolicyDiffers',
      message: expect.stringContaining('has begun without one'),
    });
    await expect(check({ batchSize: 0 })).rejects.toMatchObject({ type: 'InvalidLoopPolicy' });
    const broken = await site.store.put(Buffer.from('no JSON'));
    await expect(site.runLoop('checkPolicy', { loop: site.loop, policy: broken, now: broken })).rejects.toMatchObject({
      type: 'InvalidLoopPolicy',
    });
  });
});

describe('a loop that has ended', () => {
  it('does not go on with a file that adds held-out frames: models may have been trained on any group by then', async () => {
    const loop = { ...site.loop, name: 'late' };
    const at = async (changes: Partial<LoopPolicy>) =>
      site.policy({ name: 'late', taskName: 'Late_{n}', heldOutTask: { frames: 3 }, ...changes });
    const find = async (from: number | null, changes: Partial<LoopPolicy> = {}) =>
      site.runLoop('findLoopNumber', { loop, policy: await at(changes), from });
    expect(await find(null)).toMatchObject({ number: 0, task: 'new' });
    await site.store.putNamed(samplesName(loop, 2), Buffer.from('{}'));
    const refused = {
      type: 'PolicyDiffers',
      message: expect.stringMatching(
        /^The policy begins .* the loop "late" has chosen frames for number 2 without one\.$/,
      ),
    };
    await expect(find(null)).rejects.toMatchObject(refused);
    await expect(site.runLoop('planLoop', { loop, policy: await at({}) })).rejects.toMatchObject(refused);
    expect(await find(null, { heldOutTask: null })).toMatchObject({ number: 2 });
    // Whoever runs has passed the task of held-out frames, or skipped it.
    expect(await find(2)).toMatchObject({ number: 2 });
    await site.store.putNamed(samplesName(loop, 0), Buffer.from('{}'));
    expect(await find(null)).toMatchObject({ number: 2 });
  });
});

describe('the end of an iteration', () => {
  it('is pending while it runs, and else what its receipt or Temporal says', async () => {
    const id = 'SurgVU/Iteration_8';
    const end = async (standing: 'running' | 'cancelled' | 'failed' | null) =>
      site.runLoop('awaitIteration', { id, loop: site.loop }, standing === null ? {} : { [id]: standing });
    await expect(end('running')).rejects.toMatchObject({ type: 'IterationPending', nextRetryDelay: 200 });
    expect(await end('cancelled')).toMatchObject({ outcome: 'cancelled' });
    expect(await end('failed')).toMatchObject({ outcome: 'failed' });
    expect(await end(null)).toMatchObject({ outcome: 'failed' });
  });
});

describe('the verdict on an iteration', () => {
  it('is that of its own loop: none of one that was started otherwise, and a question where it is lost', async () => {
    const id = 'SurgVU/Iteration_30';
    const end = async (loop: LoopMembership | undefined, stopping: StopRef | undefined) => {
      const sample = sampleReceipt({ id });
      const receipt = {
        ...sample,
        input: { ...sample.input, ...(loop === undefined ? {} : { loop }) },
        results: { ...sample.results, ...(stopping === undefined ? {} : { stopping }) },
      };
      await site.store.putNamed(receiptName(id), Buffer.from(JSON.stringify(receipt)));
      return site.runLoop('awaitIteration', { id, loop: site.loop });
    };
    const own = { name: site.loop.name, number: 30, policy: site.loop.policy, selection: null };
    const stopping: StopRef = { findings: [], proposes: 'stop', points: site.loop.policy };
    expect(await end(own, stopping)).toEqual({ outcome: 'done', findings: [], proposes: 'stop' });
    expect(await end(own, undefined)).toMatchObject({ proposes: 'ask' });
    expect(await end({ ...own, name: 'other' }, stopping)).toMatchObject({ proposes: null });
    expect(await end(undefined, undefined)).toMatchObject({ proposes: null });
    await site.store.removeNamed(receiptName(id));
  });
});

describe('the plan of a loop', () => {
  it('tells frames, why, and what CVAT would say, and writes nothing', async () => {
    const before = [site.log.entries.length, await site.store.listNamed('')] as const;
    const policy = await site.policy({ taskName: 'Planned_{n}', name: 'planned', batchSize: 3 });
    const plan = await site.runLoop('planLoop', { loop: { ...site.loop, name: 'planned' }, policy });
    expect(plan).toMatchObject({
      number: 1,
      task: 'Planned_1',
      begins: 'predict',
      tooFew: null,
      chosen: { frames: 3, pool: { frames: 7 } },
      iteration: { task: { name: 'Planned_1', id: null, frames: 3 } },
    });
    expect(plan.chosen?.first.map(({ strategy }) => strategy)).toEqual(['random', 'random', 'random']);
    const written = site.log.entries
      .slice(before[0])
      .filter(({ method, server }) => server === 'cvat' && method !== 'GET');
    expect(written.filter(({ path }) => !path.includes('auth'))).toEqual([]);
    expect(await site.store.listNamed('')).toEqual(before[1]);
  });
});
