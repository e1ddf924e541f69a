import { afterEach, describe, expect, it } from '@jest/globals';
import { caught } from '../http/caught.ts';
import { cvatServers, page, taskJson } from './cvat-server.ts';

const { start, closeAll } = cvatServers();
afterEach(closeAll);

const label = (id: number) => ({ id, name: `label ${id}` });

describe('lists', () => {
  it('are read to their last page, which is taken from our own address whatever host CVAT names', async () => {
    const { cvat, asked } = await start({
      'GET /api/labels': ({ path }) =>
        path.includes('page=2')
          ? page([label(3)], 3)
          : page([label(2), label(1)], 3, 'http://other.test:8080/api/labels?page=2&page_size=100&project_id=7'),
    });
    expect(await cvat.projectLabels(7)).toEqual([label(1), label(2), label(3)]);
    expect(asked()).toEqual([
      'GET /api/labels?project_id=7&page_size=100&sort=id',
      'GET /api/labels?page=2&page_size=100&project_id=7',
    ]);
  });

  it.each(['http://other.test/api/labels?page=2', 'http://other.test/behind/api/labels?page=2'])(
    'are read under the path of our own address when the next page is %s',
    async (next) => {
      const { server } = await start({
        'GET /behind/api/labels': ({ path }) =>
          path.includes('page=2') ? page([label(2)], 2) : page([label(1)], 2, next),
      });
      const { cvat } = await start({}, { url: `${server.url}/behind/` });
      expect(await cvat.projectLabels(7)).toHaveLength(2);
    },
  );

  it('are read again when a row went between two pages, so that none is passed over', async () => {
    let round = 0;
    const { cvat } = await start({
      'GET /api/labels': ({ path }) => {
        if (!path.includes('page=2')) round += 1;
        if (round === 1)
          return path.includes('page=2') ? page([label(4)], 3) : page([label(1)], 4, '/api/labels?page=2');
        return page([label(2), label(3), label(4)]);
      },
    });
    expect(await cvat.projectLabels(7)).toEqual([label(2), label(3), label(4)]);
  });

  it('are read again when the last page has gone', async () => {
    let round = 0;
    const { cvat } = await start({
      'GET /api/labels': ({ path }) => {
        if (path.includes('page=2')) return { status: 404, json: { detail: 'Invalid page.' } };
        round += 1;
        return round === 1 ? page([label(1)], 2, '/api/labels?page=2') : page([label(1)]);
      },
    });
    expect(await cvat.projectLabels(7)).toEqual([label(1)]);
  });

  it('that never add up, or lead in a circle, are an unexpected answer', async () => {
    for (const next of [null, '/api/labels?page=2']) {
      const { cvat, server } = await start({ 'GET /api/labels': page([label(1)], 5, next) });
      expect((await caught(cvat.projectLabels(7))).code).toBe('CvatUnexpectedAnswer');
      expect(server.seen.length).toBeLessThan(10);
    }
  });
});

describe('projects', () => {
  it('are found by exact name only', async () => {
    const rows = [
      { id: 1, name: 'SurgVU-other' },
      { id: 2, name: 'surgvu' },
      { id: 3, name: 'SurgVU' },
    ];
    const { cvat, asked } = await start({ 'GET /api/projects': page(rows) });
    expect(await cvat.findProject(' SurgVU ')).toEqual({ id: 3, name: 'SurgVU' });
    expect(asked()[0]).toContain('name=SurgVU&');
    expect(await cvat.findProject('Surg')).toBeNull();
  });

  it('of the same name are ambiguous, and their ids are listed', async () => {
    const { cvat } = await start({ 'GET /api/projects': page([1, 8].map((id) => ({ id, name: 'A & B' }))) });
    const error = await caught(cvat.findProject('A & B'));
    expect(error).toMatchObject({ code: 'ProjectAmbiguous', facts: { name: 'A & B', ids: [1, 8] } });
    expect(error.message).toContain('1, 8');
  });

  it('that do not exist are told from an outage, although their labels are a 500 page', async () => {
    const failure = { status: 500, body: '<html><title>Server Error (500)</title></html>' };
    const missing = { status: 404, json: { detail: 'No Project matches the given query.' } };
    const { cvat } = await start({ 'GET /api/labels': failure, 'GET /api/projects/7': missing });
    expect((await caught(cvat.projectLabels(7))).code).toBe('ProjectNotFound');
    const away = await start({ 'GET /api/labels': failure, 'GET /api/projects/7': { json: { id: 7, name: 'x' } } });
    expect((await caught(away.cvat.projectLabels(7))).code).toBe('CvatUnreachable');
  });

  it('are made with labels by name, and deleted even when they are gone', async () => {
    const { cvat, server } = await start({
      'POST /api/projects': { status: 201, json: { id: 4, name: 'New' } },
      'DELETE /api/projects/4': (_, times) =>
        times === 0 ? { status: 204 } : { status: 404, json: { detail: 'No Project matches the given query.' } },
    });
    expect(await cvat.createProject({ name: 'New', labels: ['Grabber', 'Naht/ä'] })).toEqual({ id: 4, name: 'New' });
    expect(JSON.parse(String(server.seen[0]?.body))).toEqual({
      name: 'New',
      labels: [{ name: 'Grabber' }, { name: 'Naht/ä' }],
    });
    await cvat.deleteProject(4);
    await cvat.deleteProject(4);
  });
});

describe('tasks', () => {
  it('are found by exact name in the project', async () => {
    const rows = [taskJson(1, { name: 'a', project_id: 2 }), taskJson(2, { name: 'a' }), taskJson(3, { name: 'ab' })];
    const { cvat } = await start({ 'GET /api/tasks': page(rows) });
    expect(await cvat.findTask({ projectId: 1, name: 'a' })).toMatchObject({ id: 2, projectId: 1, size: 4 });
    expect(await cvat.findTask({ projectId: 1, name: 'b' })).toBeNull();
  });

  it('of the same name in the project are ambiguous', async () => {
    const { cvat } = await start({ 'GET /api/tasks': page([taskJson(1, { name: 'a' }), taskJson(2, { name: 'a' })]) });
    expect(await caught(cvat.findTask({ projectId: 1, name: 'a' }))).toMatchObject({
      code: 'TaskAmbiguous',
      facts: { ids: [1, 2] },
    });
  });

  it('are made without overlap, with our key, and with a segment size only if one is given', async () => {
    const { cvat, server } = await start({ 'POST /api/tasks': { status: 201, json: taskJson(9) } });
    const task = { name: 'a', projectId: 1, bugTracker: 'P/a', segmentSize: null };
    await cvat.createTask(task);
    await cvat.createTask({ ...task, segmentSize: 50 });
    const base = { name: 'a', project_id: 1, bug_tracker: 'P/a', overlap: 0 };
    expect(server.seen.map(({ body }) => JSON.parse(String(body)) as unknown)).toEqual([
      base,
      { ...base, segment_size: 50 },
    ]);
  });

  it('that are gone are TaskGone, but an unknown organization is not', async () => {
    const gone = { status: 404, json: { detail: 'No Task matches the given query.' } };
    const { cvat } = await start({
      'GET /api/tasks/1': gone,
      'GET /api/tasks/1/annotations': gone,
      'DELETE /api/tasks/1': gone,
    });
    expect(await caught(cvat.getTask(1))).toMatchObject({ code: 'TaskGone', facts: { taskId: 1 } });
    expect((await caught(cvat.taskAnnotations(1))).code).toBe('TaskGone');
    await cvat.deleteTask(1);
    const other = { status: 404, json: { detail: 'nope organization does not exist.' } };
    const wrong = await start({ 'GET /api/tasks/1': other, 'DELETE /api/tasks/1': other });
    expect((await caught(wrong.cvat.getTask(1))).code).toBe('CvatRejected');
    expect((await caught(wrong.cvat.deleteTask(1))).code).toBe('CvatRejected');
  });

  it('without images have no frames to list, which 2.54 says by a 500', async () => {
    const failure = { status: 500, body: '<html><title>Server Error (500)</title></html>' };
    const { cvat } = await start({
      'GET /api/tasks/1/data/meta': failure,
      'GET /api/tasks/1': { json: taskJson(1, { size: undefined }) },
    });
    expect((await caught(cvat.taskMeta(1))).code).toBe('CvatRejected');
    const away = await start({ 'GET /api/tasks/1/data/meta': failure, 'GET /api/tasks/1': { json: taskJson(1) } });
    expect((await caught(away.cvat.taskMeta(1))).code).toBe('CvatUnreachable');
  });

  it('have an address for people', async () => {
    const { cvat } = await start({}, { publicUrl: 'https://cvat.test/' });
    expect(cvat.taskUrl(5)).toBe('https://cvat.test/tasks/5');
  });
});

describe('jobs', () => {
  const job = (id: number, more: Record<string, unknown> = {}) => ({
    id,
    task_id: 1,
    project_id: null,
    type: 'annotation',
    stage: 'annotation',
    state: 'new',
    start_frame: 0,
    stop_frame: 4,
    assignee: null,
    updated_date: '2026-01-01T00:00:00Z',
    ...more,
  });

  it('come oldest first and by type', async () => {
    const { cvat, asked } = await start({
      'GET /api/jobs': page([job(5, { assignee: { username: 'maya' } }), job(4)]),
    });
    const jobs = await cvat.jobs(1, { type: 'annotation' });
    expect(jobs.map(({ id, assignee }) => [id, assignee])).toEqual([
      [4, null],
      [5, 'maya'],
    ]);
    expect(asked()[0]).toBe('GET /api/jobs?task_id=1&type=annotation&page_size=100&sort=id');
  });

  it('are changed by what is given and nothing else', async () => {
    const { cvat, server } = await start({ 'PATCH /api/jobs/4': { json: job(4, { state: 'completed' }) } });
    expect((await cvat.updateJob(4, { state: 'completed' })).state).toBe('completed');
    expect(JSON.parse(String(server.seen[0]?.body))).toEqual({ state: 'completed' });
  });

  it('in a state that is not known are an unexpected answer that names the place', async () => {
    const { cvat } = await start({ 'GET /api/jobs': page([job(4), job(5, { state: 'paused' })]) });
    const error = await caught(cvat.jobs(1));
    expect(error.code).toBe('CvatUnexpectedAnswer');
    expect(error.message).toContain('$.results[1].state');
  });
});
