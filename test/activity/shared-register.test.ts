import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chainOf } from '../../src/activities/training-set/set-chain.ts';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import { readModelEvents } from '../../src/models/model-register.ts';
import { listModels } from '../../src/operations/models.ts';
import { openGateSite, type GateSite } from '../kit/gate-site.ts';

let site: GateSite;
beforeAll(async () => {
  site = await openGateSite(['shared']);
});
afterAll(async () => site.close());

async function measure({ submission, task, run }: GateSite, input: IterationInput) {
  const own = { id: 'SurgVU/Iteration_1', firstRunId: 'first', tryNumber: 1 };
  return run('measureModel', { ...own, input, task, submission, taken: [], known: null });
}

async function events({ store, server }: GateSite) {
  const trainer = chainOf({ kind: 'monai-label', address: server.url });
  return readModelEvents(store, { trainer, connection: 'default', model: 'shared' });
}

describe('the register of a trainer', () => {
  it('knows what a second connection to the same trainer has published, and what was kept by connection before', async () => {
    const input = site.input('shared');
    const weak = await site.publishWeak('shared');
    const file = await site.store.put(await site.monai.downloadModel('shared'));
    const nothing = { iteration: null, metrics: null, reasons: [], by: null };
    const entry = { schema: 'maskloop.model/1', connection: 'default', model: 'shared', number: 1, event: 'promoted' };
    const found = { checksum: weak, file, current: weak, at: '2026-01-01T00:00:00.000Z', key: 'found' };
    await site.store.putNamed(
      'models/default/shared/1',
      Buffer.from(JSON.stringify({ ...entry, ...found, ...nothing })),
    );
    await measure(site, input);
    expect((await events(site)).map(({ event, number, trainer }) => [event, number, trainer?.address])).toEqual([
      ['promoted', 1, undefined],
      ['training', 1, site.server.url],
    ]);
    const foreign = await site.publishWeak('shared', 2);
    const other = { ...input, connection: 'other' };
    await expect(measure(site, other)).rejects.toMatchObject({
      type: 'ModelChanged',
      details: [expect.objectContaining({ expected: weak, published: foreign })],
    });
    const rolledBack = { connection: 'other', model: 'shared', checksum: null, by: 'ines' };
    expect(await site.run('publishModel', rolledBack)).toMatchObject({ checksum: weak, before: foreign });
    const versions = await listModels(site, { connection: 'other', model: null });
    expect(versions.map(({ checksum, isCurrent }) => [checksum, isCurrent])).toEqual([
      [weak, true],
      [foreign, false],
    ]);
    const all = await listModels(site, { connection: null, model: 'shared' });
    expect(all).toEqual(versions);
  });
});
