import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { documentOf, exported, shape } from './export-talk.ts';
import { coco, importDocument } from './import-document.ts';
import { ascending, at, listAt, numberAt, textAt } from './json-at.ts';
import { imageForm, makeTask, type MadeTask } from './make-task.ts';
import { idOf, startFast, waitFor, type Fast, type Person } from './talk.ts';

const FRAMES = ['a.png', 'b.png', 'c.png', 'd.png'];

let fast: Fast;
let admin: Person;
let made: MadeTask;
beforeAll(async () => {
  fast = await startFast({ exportMs: 2 });
  admin = fast.admin;
});
beforeEach(async () => {
  made = await makeTask(admin, { frames: FRAMES, segmentSize: 2 });
});
afterAll(() => fast.cvat.close());

const accept = { json: { stage: 'acceptance', state: 'completed' } };
const create = (replicas: number) => {
  const json = { name: 'consensus', project_id: made.project, segment_size: 2, consensus_replicas: replicas };
  return admin.call('POST', '/api/tasks', { json });
};

/** A task of four frames with two jobs and two replicas of each; its address and its jobs, oldest first. */
async function withReplicas(): Promise<{ room: string; jobs: readonly unknown[] }> {
  const id = idOf(await create(2));
  const begun = await admin.call('POST', `/api/tasks/${id}/data`, { body: imageForm(FRAMES) });
  await waitFor(admin, textAt(begun.json, 'rq_id'));
  const list = await admin.call('GET', `/api/jobs?task_id=${id}&sort=id`);
  return { room: `/api/tasks/${id}`, jobs: listAt(list.json, 'results') };
}

const framesOf = async (room: string) => {
  const { json } = await admin.call('GET', `${room}/annotations`);
  return ascending(listAt(json, 'shapes').map((one) => at(one, 'frame')));
};

describe('a task with consensus replicas', () => {
  it('has as many further jobs a segment, each with the job that it repeats, and all of them count', async () => {
    const { room, jobs } = await withReplicas();
    const [first, , , second] = jobs.map((job) => numberAt(job, 'id'));
    const parent = ['annotation', null, 2, 2];
    const replica = (of: unknown) => ['consensus_replica', of, 0, 0];
    const told = jobs.map((job) =>
      ['type', 'parent_job_id', 'replicas_count', 'consensus_replicas'].map((name) => at(job, name)),
    );
    expect(told).toEqual([parent, replica(first), replica(first), parent, replica(second), replica(second)]);
    for (const id of [first, second]) await admin.call('PATCH', `/api/jobs/${id}`, accept);
    const seen = (await admin.call('GET', room)).json;
    expect(seen).toMatchObject({ consensus_enabled: true, status: 'annotation', jobs: { count: 6, completed: 2 } });
  });

  it('imports, shows and exports the first jobs only, and a replica at its own address', async () => {
    const { room, jobs } = await withReplicas();
    const replica = `/api/jobs/${numberAt(jobs[4], 'id')}`;
    await importDocument(admin, room, coco(FRAMES));
    expect([await framesOf(replica), await framesOf(room)]).toEqual([[], [0, 1, 2, 3]]);
    const box = shape('rectangle', 2, made.labels.get('Scissor'), [1, 1, 5, 5]);
    await admin.call('PUT', `${replica}/annotations`, { json: { shapes: [box] } });
    expect([await framesOf(replica), await framesOf(room)]).toEqual([[2], [0, 1, 2, 3]]);
    const count = async (of: string) => listAt(await documentOf(await exported(admin, of)), 'annotations').length;
    expect([await count(replica), await count(room)]).toEqual([1, 4]);
  });

  it('has replicas whose stage and state can be changed like those of other jobs', async () => {
    const { jobs } = await withReplicas();
    const replica = `/api/jobs/${numberAt(jobs[1], 'id')}`;
    const done = await admin.call('PATCH', replica, { json: { state: 'completed' } });
    expect(done.json).toMatchObject({ state: 'completed' });
    const staged = await admin.call('PATCH', replica, { json: { stage: 'acceptance' } });
    expect(staged.json).toMatchObject({ state: 'new', status: 'validation' });
  });

  it('cannot be made with one replica, nor with a dozen', async () => {
    const rule = 'Consensus replicas must be 0 or a positive number more than 1 and less than 12, got';
    expect((await create(1)).json).toEqual({ consensus_replicas: [`${rule} 1`] });
    expect((await create(12)).status).toBe(400);
    expect((await create(11)).status).toBe(201);
  });
});
