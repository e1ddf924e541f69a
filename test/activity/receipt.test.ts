import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { linkName, receiptName } from '../../src/contracts/ids.ts';
import type { Receipt } from '../../src/contracts/receipt.ts';
import { readLinks } from '../../src/receipts/chain.ts';
import { readReceipt } from '../../src/receipts/read-receipt.ts';
import { hashBytes } from '../../src/storage/file-hash.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';

const PLACE = { connection: 'default', project: 'SurgVU' };

let site: ActivitySite;
beforeEach(async () => {
  site = await openActivitySite({ frames: 2 });
});
afterEach(async () => site.close());

function record(task: string, firstRunId = `run of ${task}`) {
  const now = '2026-03-01T08:00:00.000Z';
  return site.run('recordReceipt', {
    id: `SurgVU/${task}`,
    input: { ...site.input, task },
    workflow: { runId: firstRunId, firstRunId },
    startedAt: now,
    endedAt: now,
    results: {},
    steps: [],
    decisions: [],
  });
}

async function receiptOf(store: ArtifactStore, task: string): Promise<Receipt> {
  const receipt = await readReceipt(store, `SurgVU/${task}`);
  if (receipt === null) throw new Error(`${task} has no receipt`);
  return receipt;
}

describe('the receipt', () => {
  it('says what CVAT and MONAI Label say of themselves, and what the operator states', async () => {
    await site.convert();
    const task = await site.run('ensureTask', {});
    const now = '2026-03-01T08:00:00.000Z';
    const facts = { startedAt: now, endedAt: now, steps: [], decisions: [] };
    const workflow = { runId: 'r', firstRunId: 'r' };
    await site.run('recordReceipt', { ...facts, workflow, results: { task } });
    const receipt = await receiptOf(site.store, 'Iteration_1');
    expect(receipt).toMatchObject({
      schema: 'maskloop.receipt/2',
      versions: { maskloop: '0.0.0-test', cvat: '2.73.0', commit: null },
      cvat: { unread: null, version: '2.73.0', taskId: task.taskId, taskName: 'Iteration_1', frames: 2, overlap: 0 },
      trainer: { unread: null, kind: 'monai-label', address: site.monai.url, stated: null },
    });
    expect(receipt.cvat?.segmentSize).toBe(2);
    expect(receipt.trainer?.openApiSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is written while the servers are away, and says so', async () => {
    await site.convert();
    const task = await site.run('ensureTask', {});
    await site.closeServers();
    const now = '2026-03-01T08:00:00.000Z';
    const facts = { startedAt: now, endedAt: now, steps: [], decisions: [] };
    await site.run('recordReceipt', { ...facts, workflow: { runId: 'r', firstRunId: 'r' }, results: { task } });
    expect(await receiptOf(site.store, 'Iteration_1')).toMatchObject({
      cvat: { unread: 'CvatUnreachable', version: null },
      trainer: { unread: 'MonaiUnreachable', openApiSha256: null },
    });
  });
});

describe('the chain of receipts', () => {
  it('names the receipt before by the hash of its bytes', async () => {
    await record('first');
    const { receipt } = await record('second');
    const bytes = await site.store.getNamed(receiptName('SurgVU/first'));
    const { chain } = await receiptOf(site.store, 'second');
    expect(chain).toEqual({
      number: 2,
      previous: { number: 1, id: 'SurgVU/first', sha256: hashBytes(bytes ?? new Uint8Array()) },
    });
    const named = await site.store.getNamed(receiptName('SurgVU/second'));
    expect(hashBytes(named ?? new Uint8Array())).toBe(receipt.sha256);
  });

  it('has one order, whoever writes at the same time', async () => {
    const tasks = ['a', 'b', 'c', 'd', 'e', 'f'];
    await Promise.all(tasks.map((task) => record(task)));
    const links = await readLinks(site.store, PLACE);
    expect(links.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(links.map(({ id }) => id).toSorted()).toEqual(tasks.map((task) => `SurgVU/${task}`));
    for (const [index, link] of links.entries()) {
      const before = links[index - 1];
      expect(link.previous).toEqual(
        before === undefined ? null : { number: index, id: before.id, sha256: before.receipt.sha256 },
      );
    }
  });

  it('is joined, not made longer, by a try after a crash between the link and the name', async () => {
    const first = await record('first');
    await record('second');
    await site.store.putNamed(receiptName('SurgVU/first'), Buffer.from('lost'));
    expect(await record('first')).toEqual(first);
    expect(await receiptOf(site.store, 'first')).toMatchObject({ chain: { number: 1, previous: null } });
    expect(await readLinks(site.store, PLACE)).toHaveLength(2);
  });

  it('takes the number after the last also where another run of the same id has one', async () => {
    await record('first');
    await record('first', 'another run');
    expect((await receiptOf(site.store, 'first')).chain).toMatchObject({ number: 2, previous: { number: 1 } });
  });

  it('is not begun anew beside a link that cannot be read', async () => {
    await site.store.putNamed(linkName(PLACE, 1), Buffer.from('{}'));
    await expect(record('first')).rejects.toMatchObject({ type: 'ArtifactCorrupt' });
  });
});
