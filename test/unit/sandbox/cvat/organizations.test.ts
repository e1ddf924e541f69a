import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SANDBOX_ANNOTATOR } from '../../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { at, listAt } from './json-at.ts';
import { expectAsRecorded } from './recorded-answers.ts';
import { idOf, logIn, startFast, type Fast, type Person } from './talk.ts';

let fast: Fast;
let admin: Person;
let projects: Record<string, number>;
beforeAll(async () => {
  fast = await startFast();
  admin = fast.admin;
  for (const slug of ['alpha', 'beta']) await admin.call('POST', '/api/organizations', { json: { slug } });
  projects = {
    alpha: idOf(await create('alpha')),
    beta: idOf(await create('beta')),
    sandbox: idOf(await create()),
  };
});
afterAll(() => fast.cvat.close());

const within = (slug?: string) => ({ headers: slug === undefined ? {} : { 'x-organization': slug } });
const create = (slug?: string) =>
  admin.call('POST', '/api/projects', { json: { name: 'Same', organization_id: 99 }, ...within(slug) });

async function listed(path: string, slug?: string, person = admin): Promise<unknown[]> {
  const answer = await person.call('GET', path, within(slug));
  return listAt(answer.json, 'results')
    .map((project) => at(project, 'id'))
    .toSorted((a, b) => Number(a) - Number(b));
}

describe('organizations', () => {
  it('have unique short slugs of few characters', async () => {
    const make = (slug: string) => admin.call('POST', '/api/organizations', { json: { slug } });
    expect((await make('alpha')).json).toEqual({ slug: ['organization with this slug already exists.'] });
    expect((await make('bad slug!')).status).toBe(400);
    expect((await make('a'.repeat(17))).json).toEqual({ slug: ['Ensure this field has no more than 16 characters.'] });
  });

  it('show their own when they are named, everything when none is, and the sandbox when the name is empty', async () => {
    const { alpha, beta, sandbox } = projects;
    expect(await listed('/api/projects')).toEqual([alpha, beta, sandbox]);
    expect(await listed('/api/projects', 'alpha')).toEqual([alpha]);
    expect(await listed('/api/projects?org=beta')).toEqual([beta]);
    expect(await listed('/api/projects?org_id=1')).toEqual([alpha]);
    expect(await listed('/api/projects', '')).toEqual([sandbox]);
    expect(await listed('/api/projects?org=')).toEqual([sandbox]);
  });

  it('are refused when unknown, in another case or contradicted', async () => {
    for (const slug of ['nope', 'ALPHA']) {
      const answer = await admin.call('GET', '/api/tasks', within(slug));
      expect([answer.status, answer.json]).toEqual([404, { detail: `${slug} organization does not exist.` }]);
    }
    expectAsRecorded(await admin.call('GET', '/api/tasks?org_id=99'), '3-organization-header', 'GET', (recorded) =>
      recorded.path.endsWith('org_id=99'),
    );
    expectAsRecorded(
      await admin.call('GET', '/api/projects?org=beta', within('alpha')),
      'm12-list-header-a-org-b',
      'GET',
    );
    expectAsRecorded(await admin.call('GET', '/api/projects?org=alpha&org_id=1'), 'm12-list-org-and-orgid', 'GET');
  });

  it('are no hindrance to an administrator who reads by id', async () => {
    expect((await admin.call('GET', `/api/projects/${projects['alpha'] ?? 0}`, within('beta'))).status).toBe(200);
  });

  it('must be named for a task in one of their projects', async () => {
    const task = (slug?: string) =>
      admin.call('POST', '/api/tasks', { json: { name: 't', project_id: projects['alpha'] }, ...within(slug) });
    expectAsRecorded(await task(), 'm12-create-task-cross-org', 'POST');
    expect((await task('beta')).status).toBe(400);
    const made = await task('alpha');
    expect([made.status, at(made.json, 'organization_id')]).toEqual([201, 1]);
  });

  it('are closed to who is no member, and empty for a worker', async () => {
    const annotator = await logIn(fast.cvat.url, SANDBOX_ANNOTATOR);
    expect((await annotator.call('GET', '/api/projects', within('alpha'))).status).toBe(403);
    fast.cvat.state.organizations.get(1)?.members.set(2, 'worker');
    expect(await listed('/api/projects', 'alpha', annotator)).toEqual([]);
    expect((await annotator.call('POST', '/api/projects', { json: { name: 'z' }, ...within('alpha') })).status).toBe(
      403,
    );
    fast.cvat.state.organizations.get(1)?.members.set(2, 'maintainer');
    expect(await listed('/api/projects', 'alpha', annotator)).toEqual([projects['alpha']]);
    expect(await listed('/api/projects', undefined, annotator)).toEqual([]);
  });
});
