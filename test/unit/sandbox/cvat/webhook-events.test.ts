import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { SANDBOX_ANNOTATOR } from '../../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { CVAT_VERSIONS } from '../../../../src/sandbox/cvat/state/version.ts';
import { inStoredOrder, pythonJson } from '../../../../src/sandbox/cvat/webhooks/python-json.ts';
import { coco } from './import-document.ts';
import { at, listAt, numberAt, textAt } from './json-at.ts';
import { imageForm, makeTask, type MadeTask } from './make-task.ts';
import { idOf, logIn, startFast, waitFor, type Fast, type Person } from './talk.ts';
import { RECORDED_MESSAGES, recordedShapes, shapeOf } from './webhook-shapes.ts';
import { eventOf, startTarget, type Arrival, type WebhookTarget } from './webhook-target.ts';

describe.each(CVAT_VERSIONS)('the webhooks of CVAT %s', (version) => {
  const isNew = version === '2.73.0';
  let fast: Fast;
  let admin: Person;
  let annotator: Person;
  let target: WebhookTarget;
  let made: MadeTask;
  beforeAll(async () => {
    target = await startTarget();
    fast = await startFast({ version });
    admin = fast.admin;
    annotator = await logIn(fast.cvat.url, SANDBOX_ANNOTATOR);
    made = await makeTask(admin, { frames: ['a.png', 'b.png', 'c.png', 'd.png'], segmentSize: 2 });
    const listed = listAt((await admin.call('GET', '/api/webhooks/events?type=project')).json, 'events');
    const events = listed.map((event) => (typeof event === 'string' ? event : textAt(event, 'key')));
    const json = { target_url: target.url, type: 'project', project_id: made.project, events };
    await admin.call('POST', '/api/webhooks', { json });
  });
  afterAll(async () => {
    await fast.cvat.close();
    await target.close();
  });

  const settled = async (): Promise<Arrival[]> => {
    await fast.cvat.webhooks.idle();
    return target.arrivals.splice(0);
  };
  /** Event, and what it says has changed. */
  const story = (arrivals: readonly Arrival[]) =>
    arrivals.map((arrival) => {
      const before = at(arrival.json, 'before_update');
      const changed = before === undefined ? [] : Object.keys(before as object);
      return [eventOf(arrival), ...changed.filter((name) => name !== 'updated_date').toSorted()];
    });
  /** A box on each of two frames, which lie in different jobs. */
  const importBoxes = async (): Promise<void> => {
    const body = new FormData();
    body.set('annotation_file', new Blob([JSON.stringify(coco(['a.png', 'c.png']))]), 'boxes.json');
    const begun = await admin.call('POST', `/api/tasks/${made.task}/annotations?format=COCO+1.0`, { body });
    await waitFor(admin, textAt(begun.json, 'rq_id'));
  };
  const job = (index: number) => `/api/jobs/${made.jobs[index] ?? 0}`;
  const completed = isNew ? [['completed:request[create:task]']] : [];

  it('tell of a new task in the order in which CVAT writes it, and of no change of the project by its frames', async () => {
    const json = { name: 'two', project_id: made.project, segment_size: 2 };
    const task = idOf(await admin.call('POST', '/api/tasks', { json }));
    const body = imageForm(['x.png', 'y.png', 'z.png', 'w.png']);
    await waitFor(admin, textAt((await admin.call('POST', `/api/tasks/${task}/data`, { body })).json, 'rq_id'));
    const told = await settled();
    expect(story(told)).toEqual([
      ['create:task'],
      ['update:project'],
      ['update:task', ...(isNew ? ['data_id'] : DATA_OF_OLD)],
      ['update:task', ...(isNew ? [] : ['jobs'])],
      ['create:job'],
      ['create:job'],
      ['update:task', ...(isNew ? ['dimension', 'media_type', 'mode', 'overlap'] : ['mode', 'overlap'])],
      ['update:task'],
      ...completed,
    ]);
    expectRecordedShapes(version, told);
    const firstJob = at(told[4]?.json, 'job');
    expect([at(firstJob, 'mode'), at(firstJob, 'frame_count')]).toEqual(isNew ? ['', 1] : ['annotation', 2]);
    await admin.call('DELETE', `/api/tasks/${task}`);
    const gone = await settled();
    expect(story(gone)).toEqual([['delete:job'], ['delete:job'], ['update:project'], ['delete:task']]);
    const ids = gone.slice(0, 2).map((one) => numberAt(one.json, 'job', 'id'));
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    expect(at(gone[3]?.json, 'task', 'jobs', 'count')).toBe(2);
    expectRecordedShapes(version, gone);
  });

  it('are noisy about an import: job, task and project, for each job, once to empty and once to fill it', async () => {
    await importBoxes();
    const triple = [['update:job'], ['update:task'], ['update:project']];
    const told = await settled();
    expect(story(told)).toEqual([...triple, ...triple]);
    expectRecordedShapes(version, told);
    for (const { json } of told) {
      expect(at(json, 'sender')).toEqual({ id: 1, username: 'admin', email: 'admin@example.com' });
      const thing = at(json, 'job') ?? at(json, 'task') ?? at(json, 'project');
      expect(textAt(thing, 'url')).toMatch(/^\/api\//);
      expect(Object.keys(at(json, 'before_update') as object)).toEqual(['updated_date']);
    }
    await importBoxes();
    expect(story(await settled())).toEqual([...triple, ...triple, ...triple, ...triple]);
  });

  it('tell of a job that is handed over and worked on, and of one that does not change', async () => {
    await admin.call('PATCH', job(0), { json: { assignee: 2 } });
    await annotator.call('PATCH', job(0), { json: { state: 'in progress' } });
    await annotator.call('PATCH', job(0), { json: { state: 'in progress' } });
    const told = await settled();
    const handed = isNew ? ['assignee_id', 'assignee_updated_date'] : ['assignee', 'assignee_updated_date'];
    expect(story(told)).toEqual([['update:job', ...handed], ['update:job', 'state'], ['update:job']]);
    expectRecordedShapes(version, told);
    const [, started] = told;
    expect(at(started?.json, 'before_update', 'state')).toBe('new');
    expect(at(started?.json, 'changes', 'state')).toEqual(isNew ? { from: 'new', to: 'in progress' } : undefined);
    expect(textAt(started?.json, 'job', 'url')).toBe(fast.cvat.url + job(0));
    expect(at(started?.json, 'sender', 'username')).toBe('annotator');
    if (isNew)
      expect([at(started?.json, 'job', 'task_name'), at(told[0]?.json, 'job', 'task_name')]).toEqual([
        null,
        'Iteration_1',
      ]);
  });

  it('tell of saved annotations once a job, also when they replace others', async () => {
    const [label] = made.labels.values();
    const shape = { type: 'rectangle', frame: 0, label_id: label, points: [1, 1, 5, 5] };
    await annotator.call('PUT', `${job(0)}/annotations`, { json: { shapes: [shape] } });
    await annotator.call('PATCH', `${job(0)}/annotations?action=create`, { json: { shapes: [] } });
    expect(story(await settled())).toEqual([['update:job'], ['update:task'], ['update:project']]);
  });

  it('tell that the task is completed before they tell it of its last job', async () => {
    const accepted = { stage: 'acceptance', state: 'completed' };
    await admin.call('PATCH', job(0), { json: accepted });
    await settled();
    await admin.call('PATCH', job(1), { json: accepted });
    const told = await settled();
    expect(story(told)).toEqual([
      ['update:task', 'status'],
      ['update:job', 'stage', 'state', 'status'],
    ]);
    expect(at(told[0]?.json, 'task', 'status')).toBe('completed');
    expect(at(told[0]?.json, 'task', 'jobs', 'completed')).toBe(isNew ? 2 : null);
  });

  it('tell of a renamed task and its project, and only of the project when the name stays', async () => {
    await admin.call('PATCH', `/api/tasks/${made.task}`, { json: { name: 'renamed' } });
    await admin.call('PATCH', `/api/tasks/${made.task}`, { json: { name: 'renamed' } });
    const told = await settled();
    const renamed = isNew ? ['update:task', 'name'] : ['update:task', 'jobs', 'name'];
    expect(story(told)).toEqual([renamed, ['update:project'], ['update:project']]);
    expect(at(told[0]?.json, 'before_update', 'name')).toBe('Iteration_1');
  });

  it('tell of issues and comments, of the newest comment first when all go', async () => {
    const json = { frame: 0, position: [1, 2, 3, 4], job: made.jobs[0], message: 'leaks' };
    const issue = idOf(await admin.call('POST', '/api/issues', { json }));
    await admin.call('POST', '/api/comments', { json: { issue, message: 'second' } });
    await admin.call('PATCH', `/api/issues/${issue}`, { json: { resolved: true } });
    const told = await settled();
    expect(story(told)).toEqual([
      ['create:issue'],
      ['create:comment'],
      ['create:comment'],
      ['update:issue', 'resolved'],
    ]);
    expect(told[0]?.body).toContain('"position": [1.0, 2.0, 3.0, 4.0]');
    expectRecordedShapes(version, told);
    await admin.call('PATCH', job(0), { json: {} });
    const [noted] = await settled();
    const counts = { url: `${fast.cvat.url}/api/issues?job_id=${made.jobs[0] ?? 0}`, count: 0 };
    expect(at(noted?.json, 'before_update', 'issues')).toEqual(isNew ? undefined : counts);
    await admin.call('DELETE', `/api/issues/${issue}`);
    const gone = await settled();
    expect(story(gone)).toEqual([['delete:comment'], ['delete:comment'], ['delete:issue']]);
    expect(gone.slice(0, 2).map((one) => at(one.json, 'comment', 'message'))).toEqual(['second', 'leaks']);
    expect(at(gone[2]?.json, 'issue', 'comments', 'count')).toBe(2);
    expectRecordedShapes(version, gone);
  });

  it('tell of labels as one change of the project, though all tasks and jobs are written', async () => {
    await admin.call('PATCH', `/api/projects/${made.project}`, { json: { labels: [{ name: 'New' }] } });
    expect(story(await settled())).toEqual([['update:project']]);
  });
});

const DATA_OF_OLD = ['data', 'data_compressed_chunk_type', 'data_original_chunk_type', 'image_quality', 'size'];

/** Messages of a kind that was recorded must have the names that one of the recorded ones has. */
function expectRecordedShapes(version: string, arrivals: readonly Arrival[]): void {
  const shapes = arrivals.map(({ json }) => shapeOf(version, json));
  const known = shapes.filter((shape) => recordedShapes(shape).length > 0);
  expect(known.length).toBeGreaterThan(0);
  for (const shape of known) expect(recordedShapes(shape)).toContainEqual(shape);
}

describe('messages as Python writes them', () => {
  it.each(RECORDED_MESSAGES.samples)('are the recorded bytes again: $version', ({ body, signature }) => {
    expect(pythonJson(JSON.parse(body))).toBe(body);
    const signatures = RECORDED_MESSAGES.secrets.map(
      (secret) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    );
    expect(signatures).toContain(signature);
  });

  it('keep names by length and then by bytes when the database had them', () => {
    const stored = inStoredOrder({ sender: { username: 1, id: 2, url: 3 }, event: 4, list: [{ bb: 5, a: 6 }], Zz: 7 });
    expect(JSON.stringify(stored)).toBe(
      '{"Zz":7,"list":[{"a":6,"bb":5}],"event":4,"sender":{"id":2,"url":3,"username":1}}',
    );
  });
});
