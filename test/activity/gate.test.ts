import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runName } from '../../src/activities/run-name.ts';
import { chainOf } from '../../src/activities/training-set/set-chain.ts';
import type { ModelBeforeRef } from '../../src/contracts/gate.ts';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import { currentModel } from '../../src/contracts/model-register.ts';
import type { OwnTraining, PutBack } from '../../src/contracts/training-activities.ts';
import type { EvaluationRef, ModelRef } from '../../src/contracts/training.ts';
import { readModelEvents } from '../../src/models/model-register.ts';
import { modelVersions } from '../../src/models/model-versions.ts';
import { openGateSite, type GateSite } from '../kit/gate-site.ts';

const ID = 'SurgVU/Iteration_1';
const OWN = { firstRunId: 'first', tryNumber: 1 };
/** Of the iteration whose training ends half-way. */
const STOPPED = { firstRunId: 'stopped', tryNumber: 1 };
/** A trainer for each test, so that none meets what another has published. */
const MODELS = 'better worse floor again crashed replaced first stopped changed busy reuse by-hand'.split(' ');

let site: GateSite;
beforeAll(async () => {
  site = await openGateSite(MODELS);
});
afterAll(async () => site.close());

async function measure(input: IterationInput, taken: { checksum: string | null; by: string }[] = []) {
  const { submission, task } = site;
  return site.run('measureModel', { id: ID, input, ...OWN, task, submission, taken, known: null });
}

async function evaluate(input: IterationInput, before: ModelBeforeRef, model: ModelRef): Promise<EvaluationRef> {
  return site.run('evaluateModel', { id: ID, input, submission: site.submission, model, before });
}

async function putBack(input: IterationInput, before: ModelBeforeRef, changes: Partial<PutBack & OwnTraining> = {}) {
  const nothing = { model: null, evaluation: null, why: 'put back', by: null } as const;
  return site.run('putBackModel', { id: ID, input, ...OWN, before, ...nothing, ...changes });
}

async function events(model: string) {
  const trainer = chainOf({ kind: 'monai-label', address: site.server.url });
  return readModelEvents(site.store, { trainer, connection: 'default', model });
}

/** A new model that is better than the weak one from before. */
async function trained(model: string) {
  const input = site.input(model);
  const weak = await site.publishWeak(model);
  const before = await measure(input);
  const after = await site.train(model, 'a-run');
  return { input, weak, before, after };
}

describe('the gate', () => {
  it('promotes a model that is better, and says so in the register with its numbers', async () => {
    const { input, weak, before, after } = await trained('better');
    expect(before).toMatchObject({ checksum: weak, frames: 3 });
    const evaluation = await evaluate(input, before, after);
    expect(evaluation.gate).toMatchObject({ verdict: 'better', before: { checksum: weak }, groups: 3 });
    expect(evaluation.meanDice).toBeGreaterThan(evaluation.gate?.before?.dice ?? 1);
    const promotion = await site.run('promoteModel', { id: ID, input, model: after, before, evaluation, by: null });
    expect(promotion).toMatchObject({ outcome: 'promoted', published: after.checksum, verdict: 'better', by: null });
    expect(await site.published('better')).toBe(after.checksum);
    const all = await events('better');
    expect(all.map(({ event }) => event)).toEqual(['found', 'training', 'trained', 'promoted']);
    expect(all.at(-1)).toMatchObject({
      iteration: ID,
      metrics: { dice: evaluation.meanDice },
      current: after.checksum,
    });
    expect(Buffer.byteLength(JSON.stringify({ before, evaluation, promotion }))).toBeLessThan(8000);
  });

  it('puts the model from before back where the new one is worse, byte for byte', async () => {
    const input = site.input('worse');
    const good = await site.train('worse', 'a-good-run');
    const bytes = await site.monai.downloadModel('worse');
    const before = await measure(input);
    const bad = await site.publishWeak('worse');
    const model = { ...good, checksum: bad };
    const evaluation = await evaluate(input, before, model);
    expect(evaluation.gate?.verdict).toBe('not better');
    expect(await putBack(input, before, { model, evaluation })).toMatchObject({
      outcome: 'put back',
      checksum: bad,
      published: good.checksum,
    });
    expect(await site.published('worse')).toBe(good.checksum);
    expect(Buffer.from(await site.monai.downloadModel('worse')).equals(bytes)).toBe(true);
    expect(currentModel(await events('worse'))).toBe(good.checksum);
  });

  it('does not call better what is under the floor of a class', async () => {
    const floors = { all: null, classes: { grasper: 0.999 } };
    const { before, after } = await trained('floor');
    const named = site.input('floor', { gate: { policy: 'if-better', floors } });
    const evaluation = await evaluate(named, before, after);
    const names = evaluation.gate?.classes.first.map(({ name }) => name) ?? [];
    const first = names[0] ?? '';
    const strict = site.input('floor', {
      gate: { policy: 'if-better', floors: { all: null, classes: { [first]: 1 } } },
    });
    expect((await evaluate(strict, before, after)).gate).toMatchObject({
      verdict: 'floor missed',
      reasons: [expect.stringContaining(`under the floor: ${first}`), expect.anything()],
    });
    await putBack(named, before, { model: after });
    expect(await site.published('floor')).toBe(before.checksum);
  });

  it('publishes a model again that was put back, to measure it, and to promote it when a person approves', async () => {
    const { input, weak, before, after } = await trained('again');
    const evaluation = await evaluate(input, before, after);
    await putBack(input, before, { model: after, evaluation, why: 'waits' });
    expect(await site.published('again')).toBe(weak);
    expect(await evaluate(input, before, after)).toEqual(evaluation);
    expect(await site.published('again')).toBe(after.checksum);
    await putBack(input, before, { model: after, evaluation, why: 'undecided' });
    const args = { id: ID, input, model: after, before, evaluation, by: 'ines' };
    expect(await site.run('promoteModel', args)).toMatchObject({ outcome: 'promoted', by: 'ines' });
    expect(await site.run('promoteModel', args)).toMatchObject({ outcome: 'promoted' });
    expect(await site.published('again')).toBe(after.checksum);
    expect((await events('again')).filter(({ event }) => event === 'promoted')).toHaveLength(1);
  });

  it('finds what a try before a crash had done: the file put back, and nothing said of it yet', async () => {
    const { input, weak, before, after } = await trained('crashed');
    await evaluate(input, before, after);
    const old = before.file === null ? new Uint8Array() : await site.store.get(before.file);
    await site.monai.uploadModel('crashed', old);
    for (let tries = 0; tries < 2; tries += 1) {
      expect(await putBack(input, before, { model: after })).toMatchObject({ outcome: 'put back', published: weak });
    }
    expect((await events('crashed')).slice(-1)).toMatchObject([
      { event: 'put back', checksum: after.checksum, current: weak },
    ]);
    expect((await events('crashed')).filter(({ event }) => event === 'put back')).toHaveLength(1);
    expect(await site.published('crashed')).toBe(weak);
  });

  it('leaves a model that somebody else has published meanwhile', async () => {
    const { input, before, after } = await trained('replaced');
    const others = await site.publishWeak('replaced', 77);
    const replaced = { type: 'ModelReplaced' };
    await expect(evaluate(input, before, after)).rejects.toMatchObject(replaced);
    await expect(putBack(input, before, { model: after })).rejects.toMatchObject(replaced);
    const evaluation = { manifest: before.heldOut, frames: 0, meanDice: null, perClass: {} };
    const args = { id: ID, input, model: after, before, evaluation, by: null };
    await expect(site.run('promoteModel', args)).rejects.toMatchObject(replaced);
    expect(await site.published('replaced')).toBe(others);
  });

  it('predicts nothing with a model that was never trained, and leaves the first one where it is', async () => {
    const input = site.input('first');
    const before = await measure(input);
    expect(before).toMatchObject({ checksum: null, file: null, manifest: null, frames: 3 });
    expect(site.log.count({ server: 'monai', method: 'POST', path: /^\/infer\/first/ })).toBe(0);
    const model = await site.train('first', 'the-first-run');
    const evaluation = await evaluate(input, before, model);
    expect(evaluation.gate).toMatchObject({ verdict: 'first', before: null, interval: null });
    const result = await putBack(input, before, { model, evaluation, why: 'declined', by: 'ines' });
    expect(result).toMatchObject({ outcome: 'left', published: model.checksum });
    expect(currentModel(await events('first'))).toBe(model.checksum);
  });

  it('puts the model from before back after a training that was stopped half-way, and keeps what that had published', async () => {
    const input = site.input('stopped');
    const weak = await site.publishWeak('stopped');
    const before = await measure(input);
    const checkpoint = await site.train('stopped', runName(ID, STOPPED));
    await putBack(input, before, { why: 'undecided', ...STOPPED });
    expect(await site.published('stopped')).toBe(weak);
    const last = (await events('stopped')).at(-1);
    expect(last).toMatchObject({ event: 'undecided', checksum: checkpoint.checksum, current: weak });
    expect(last === undefined ? null : `SHA256:${last.file.sha256}`).toBe(checkpoint.checksum);
    await site.publishWeak('stopped', 5);
    await site.train('stopped', 'of-somebody-else');
    await expect(putBack(input, before, { why: 'undecided', ...STOPPED })).rejects.toMatchObject({
      type: 'ModelReplaced',
    });
  });

  it('begins no training over a model that is not the one that it published last, until a person takes it', async () => {
    const input = site.input('changed');
    const weak = await site.publishWeak('changed');
    await measure(input);
    const others = await site.publishWeak('changed', 3);
    await expect(measure(input)).rejects.toMatchObject({
      type: 'ModelChanged',
      details: [{ model: 'changed', expected: weak, published: others }],
    });
    expect(await measure(input, [{ checksum: others, by: 'ines' }])).toMatchObject({ checksum: others });
    expect((await events('changed')).find(({ event }) => event === 'taken')).toMatchObject({ by: 'ines' });
    const third = await site.publishWeak('changed', 4);
    await expect(measure(input, [{ checksum: others, by: 'ines' }])).rejects.toMatchObject({ type: 'ModelChanged' });
    expect(await site.published('changed')).toBe(third);
  });

  it('waits while somebody else trains the model', async () => {
    await site.publishWeak('busy');
    const other = await site.monai.startTraining('busy', { name: 'somebody-elses', maxEpochs: 5000 });
    await expect(measure(site.input('busy'))).rejects.toMatchObject({ type: 'TrainingBusy' });
    const ask = { connection: 'default', model: 'busy', checksum: null, by: 'ines' };
    await expect(site.run('publishModel', ask)).rejects.toMatchObject({ type: 'ModelInUse' });
    while ((await site.monai.trainings()).find(({ id }) => id === other.id)?.status === 'SUBMITTED')
      await new Promise((resolve) => setTimeout(resolve, 20));
    await site.monai.stopRunningTraining();
  });

  it('is overruled by hand: an older model is published again, and the register says by whom', async () => {
    const { before, after, input, weak } = await trained('by-hand');
    const evaluation = await evaluate(input, before, after);
    await site.run('promoteModel', { id: ID, input, model: after, before, evaluation, by: null });
    const ask = { connection: 'default', model: 'by-hand', by: 'ines' };
    expect(await site.run('publishModel', { ...ask, checksum: null })).toMatchObject({
      checksum: weak,
      before: after.checksum,
    });
    expect(await site.published('by-hand')).toBe(weak);
    await site.run('publishModel', { ...ask, checksum: after.checksum });
    expect(await site.published('by-hand')).toBe(after.checksum);
    const unknown = await site.publishWeak('by-hand', 9);
    await site.run('publishModel', { ...ask, checksum: null });
    expect(await site.published('by-hand')).toBe(after.checksum);
    const versions = modelVersions({ trainer: null, events: await events('by-hand') });
    expect(versions.map(({ checksum }) => checksum)).toEqual([after.checksum, unknown, weak]);
    expect(versions[0]).toMatchObject({ isCurrent: true, event: 'rolled back', by: 'ines', dice: evaluation.meanDice });
    await expect(site.run('publishModel', { ...ask, checksum: 'SHA256:00' })).rejects.toMatchObject({
      type: 'ModelUnknown',
    });
  });

  it('predicts each image once with each model', async () => {
    const { input, before, after } = await trained('reuse');
    const count = () => site.log.count({ server: 'monai', method: 'POST', path: /^\/infer\/reuse/ });
    expect(count()).toBe(3);
    const first = await evaluate(input, before, after);
    expect(count()).toBe(6);
    expect(await evaluate(input, before, after)).toEqual(first);
    await putBack(input, before, { model: after });
    expect((await measure(input)).manifest).toEqual(before.manifest);
    expect(count()).toBe(6);
  });
});
