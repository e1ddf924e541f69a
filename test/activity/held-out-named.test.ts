import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HeldOutSource } from '../../src/contracts/gate.ts';
import { receiptName } from '../../src/contracts/ids.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { call } from '../kit/annotate.ts';
import { refusedBy } from '../kit/training-desk.ts';

let site: ActivitySite;
beforeAll(async () => {
  site = await openActivitySite();
  await site.run('ensureTask', started('Checked set', null));
});
afterAll(async () => site.close());

function started(task: string, heldOut: HeldOutSource | null) {
  const training = { ...site.input.training!, ...(heldOut === null ? {} : { heldOut }) };
  return { id: `SurgVU/${task}`, input: { ...site.input, task, training } };
}

function truthOf(task: string): HeldOutSource {
  return { kind: 'ground-truth', task };
}

describe('a task whose frames are held out', () => {
  it.each([
    ['ground-truth', 'GroundTruthMissing'],
    ['task', 'HeldOutMissing'],
  ] as const)('is missed at the start where its name is misspelt (%s), and nothing is made', async (kind, type) => {
    const start = started('Iteration_2', { kind, task: 'Checkedset' });
    const refused = { facts: { task: 'Checkedset', near: ['Checked set'] } };
    expect(await refusedBy(site.run('ensureTask', start))).toMatchObject({ type, ...refused });
    const project = await site.cvat.findProject('SurgVU');
    expect(await site.cvat.findTask({ projectId: project?.id ?? 0, name: 'Iteration_2' })).toBeNull();
    const { troubles, later } = await site.run('planIteration', start);
    expect(troubles).toMatchObject([{ code: type, ...refused }]);
    expect(later).toBeUndefined();
  });

  it('is told by a plan where its ground truth job is missing or open, which keeps nobody from starting', async () => {
    const start = started('Iteration_3', truthOf('Checked set'));
    const planned = async () => site.run('planIteration', start);
    expect(await planned()).toMatchObject({ troubles: [], later: [{ code: 'GroundTruthMissing' }] });
    const project = await site.cvat.findProject('SurgVU');
    const checked = await site.cvat.findTask({ projectId: project?.id ?? 0, name: 'Checked set' });
    const asked = { type: 'ground_truth', task_id: checked?.id, frame_selection_method: 'manual', frames: [1] };
    await call(site, 'POST', '/api/jobs', asked);
    expect(await planned()).toMatchObject({ troubles: [], later: [{ code: 'GroundTruthOpen' }] });
    const own = started('Checked set', { kind: 'ground-truth', task: null });
    expect(await site.run('planIteration', own)).toMatchObject({ later: [{ code: 'GroundTruthOpen' }] });
    const [job] = await site.cvat.jobs(checked?.id ?? 0, { type: 'ground_truth' });
    await site.cvat.updateJob(job?.id ?? 0, { state: 'completed' });
    expect((await planned()).later).toBeUndefined();
    expect(await site.run('ensureTask', start)).toMatchObject({ created: true });
  });

  it('may still be worked on, or be gone from CVAT once it was sealed', async () => {
    const open = started('Iteration_4', { kind: 'task', task: 'Checked set' });
    expect((await site.run('planIteration', open)).later).toMatchObject([{ code: 'HeldOutMissing' }]);
    await site.run('ensureTask', open);
    const artifact = await site.store.put(Buffer.from(JSON.stringify({ categories: [], frames: [] })));
    const receipt = { input: { images: null }, results: { task: { taskId: 9 }, labels: { manifest: artifact } } };
    await site.store.putNamed(receiptName('SurgVU/Gone'), Buffer.from(JSON.stringify(receipt)));
    const gone = started('Iteration_5', { kind: 'task', task: 'Gone' });
    expect(await site.run('planIteration', gone)).not.toHaveProperty('later');
    await site.run('ensureTask', gone);
  });
});
