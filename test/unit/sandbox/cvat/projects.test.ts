import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SANDBOX_ANNOTATOR } from '../../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { at, listAt, numberAt, textAt } from './json-at.ts';
import { expectAsRecorded } from './recorded-answers.ts';
import { idOf, logIn, read, startFast, type Fast, type Person } from './talk.ts';

let fast: Fast;
let admin: Person;
beforeAll(async () => {
  fast = await startFast();
  admin = fast.admin;
});
afterAll(() => fast.cvat.close());

const create = (json: object) => admin.call('POST', '/api/projects', { json });
const names = async (query: string) =>
  listAt((await admin.call('GET', `/api/projects?${query}`)).json, 'results').map((one) => at(one, 'name'));

describe('projects', () => {
  it('may have the same name twice, and are listed newest first', async () => {
    const one = await create({ name: 'Twin', labels: [{ name: 'a' }] });
    const two = await create({ name: 'Twin', labels: [{ name: 'a' }] });
    expectAsRecorded(one, '2-session-cookie-csrf', 'POST', (recorded) => recorded.status === 201);
    expect(one.headers.get('location')).toBe(`${fast.cvat.url}/api/projects/${idOf(one)}`);
    const found = await admin.call('GET', '/api/projects?name=Twin');
    expectAsRecorded(found, '3-project-list', 'GET', (recorded) => recorded.path === '/api/projects');
    expect(listAt(found.json, 'results').map((project) => at(project, 'id'))).toEqual([idOf(two), idOf(one)]);
    const oldest = await admin.call('GET', '/api/projects?name=Twin&sort=id');
    expect(at(oldest.json, 'results', 0, 'id')).toBe(idOf(one));
  });

  it('are found by their whole name, or by words in it whatever their case', async () => {
    await create({ name: 'Alpha beta %1' });
    expect(await names('name=Alpha')).toEqual([]);
    expect(await names('name=Alpha+beta+%251')).toEqual(['Alpha beta %1']);
    expect(await names('search=BETA+alph')).toEqual(['Alpha beta %1']);
    expect(await names('search=%25')).toEqual(['Alpha beta %1']);
    expect(await names('search=alpha+gamma')).toEqual([]);
    expect(await names('unknown=1&name=Alpha+beta+%251')).toEqual(['Alpha beta %1']);
  });

  it('refuse bad names and labels as the real server words it', async () => {
    const one = (part: string) => (recorded: { json?: unknown }) => JSON.stringify(recorded.json).includes(part);
    expectAsRecorded(await create({ labels: [] }), '3-project-create-invalid', 'POST', one('required'));
    const twice = await create({ name: 'dup', labels: [{ name: 'a' }, { name: 'a' }] });
    expectAsRecorded(twice, '3-project-create-invalid', 'POST', one('unique'));
    expectAsRecorded(await create({ name: 'x'.repeat(257) }), '3-project-create-invalid', 'POST', one('256'));
    expect((await create({ name: 'x'.repeat(256) })).status).toBe(201);
    expect((await create({ name: '  padded ' })).json).toMatchObject({ name: 'padded' });
  });

  it('come in pages of ten whose neighbours are named by address', async () => {
    const other = await startFast();
    try {
      for (let n = 1; n <= 12; n += 1) await other.admin.call('POST', '/api/projects', { json: { name: `P${n}` } });
      const first = await other.admin.call('GET', '/api/projects?search=P');
      expect(listAt(first.json, 'results')).toHaveLength(10);
      expect(at(first.json, 'next')).toBe(`${other.cvat.url}/api/projects?page=2&search=P`);
      const second = await other.admin.call('GET', '/api/projects?search=P&page=2');
      expect([at(second.json, 'count'), at(second.json, 'next')]).toEqual([12, null]);
      expect(at(second.json, 'previous')).toBe(`${other.cvat.url}/api/projects?search=P`);
      expect(listAt((await other.admin.call('GET', '/api/projects?page_size=all')).json, 'results')).toHaveLength(12);
      const past = await other.admin.call('GET', '/api/projects?page=3');
      expectAsRecorded(past, '3-project-list', 'GET', (recorded) => recorded.status === 404);
      expect(listAt((await other.admin.call('GET', '/api/projects?page_size=0')).json, 'results')).toHaveLength(10);
    } finally {
      await other.cvat.close();
    }
  });

  it('are absent with 404 and forbidden with 403', async () => {
    const id = idOf(await create({ name: 'Mine' }));
    const stranger = await logIn(fast.cvat.url, SANDBOX_ANNOTATOR);
    expectAsRecorded(
      await admin.call('GET', '/api/projects/99999'),
      '3-project-get',
      'GET',
      (recorded) => recorded.status === 404,
    );
    expect((await stranger.call('GET', `/api/projects/${id}`)).status).toBe(403);
    expect((await stranger.call('GET', '/api/projects')).json).toMatchObject({ count: 0, results: [] });
    expect((await admin.call('DELETE', `/api/projects/${id}`)).status).toBe(204);
    expect((await admin.call('GET', `/api/projects/${id}`)).status).toBe(404);
  });
});

describe('labels', () => {
  it('are added by a change of the project and come oldest first', async () => {
    const id = idOf(await create({ name: 'L', labels: [{ name: 'b', type: 'mask' }, { name: 'a' }] }));
    const added = await admin.call('PATCH', `/api/projects/${id}`, { json: { labels: [{ name: ' c/ü ' }] } });
    expectAsRecorded(added, '3-project-label-add-rename-delete', 'PATCH');
    const list = await admin.call('GET', `/api/labels?project_id=${id}`);
    expectAsRecorded(list, '3-labels', 'GET', (recorded) => recorded.path.endsWith('project_id=2'));
    expect(listAt(list.json, 'results').map((label) => at(label, 'name'))).toEqual(['b', 'a', 'c/ü']);
    const long = await admin.call('PATCH', `/api/projects/${id}`, { json: { labels: [{ name: 'n'.repeat(65) }] } });
    expectAsRecorded(long, 'm11-label-names', 'PATCH', (recorded) => recorded.status === 400);
    const again = await admin.call('PATCH', `/api/projects/${id}`, { json: { labels: [{ name: 'a' }] } });
    expect([again.status, again.json]).toEqual([400, ['All label names must be unique']]);
  });

  it('are renamed, which changes the colour, and deleted', async () => {
    const id = idOf(await create({ name: 'R', labels: [{ name: 'old', color: '#123456' }] }));
    const [label] = listAt((await admin.call('GET', `/api/labels?project_id=${id}`)).json, 'results');
    const path = `/api/labels/${numberAt(label, 'id')}`;
    const renamed = await admin.call('PATCH', path, { json: { name: 'new' } });
    expect(renamed.json).toMatchObject({ name: 'new' });
    expect(textAt(renamed.json, 'color')).not.toBe('#123456');
    expect((await admin.call('DELETE', path)).status).toBe(204);
    expect(await read(admin, `/api/labels?project_id=${id}`, 'count')).toBe(0);
  });

  it('of a project or task that does not exist make CVAT fall over', async () => {
    for (const query of ['project_id=99999', 'task_id=99999', 'job_id=99999']) {
      const answer = await admin.call('GET', `/api/labels?${query}`);
      expectAsRecorded(answer, '3-labels', 'GET', (recorded) => recorded.status === 500);
    }
  });
});
