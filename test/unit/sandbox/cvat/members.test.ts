import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SANDBOX_ANNOTATOR } from '../../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { at, listAt, numberAt, textAt } from './json-at.ts';
import { idOf, logIn, startFast, type Fast, type Person } from './talk.ts';
import { heard, startTarget, type WebhookTarget } from './webhook-target.ts';

let fast: Fast;
let admin: Person;
let annotator: Person;
let target: WebhookTarget;
let organization: number;
const within = { headers: { 'x-organization': 'alpha' } };
const other = { headers: { 'x-organization': 'beta' } };
beforeAll(async () => {
  target = await startTarget();
  fast = await startFast({ users: [{ username: 'second', password: 'maskloop-sandbox' }] });
  admin = fast.admin;
  annotator = await logIn(fast.cvat.url, SANDBOX_ANNOTATOR);
  organization = idOf(await admin.call('POST', '/api/organizations', { json: { slug: 'alpha' } }));
  await admin.call('POST', '/api/organizations', { json: { slug: 'beta' } });
  const events = ['create:membership', 'create:invitation', 'update:membership', 'delete:membership', 'create:task'];
  const json = { target_url: target.url, type: 'organization', events };
  await admin.call('POST', '/api/webhooks', { json, ...within });
});
afterAll(async () => {
  await fast.cvat.close();
  await target.close();
});

const invite = (email: string, person = admin, role = 'worker') =>
  person.call('POST', '/api/invitations', { json: { email, role }, ...within });
const members = async (person = admin) =>
  listAt((await person.call('GET', '/api/memberships', within)).json, 'results');
const status = async (person: Person, path: string, message: object = within) =>
  (await person.call('GET', path, message)).status;

describe('members of an organization', () => {
  it('come by invitation, at once if they have an account', async () => {
    expect(await status(annotator, '/api/projects')).toBe(403);
    const invited = await invite('annotator@example.com');
    expect([invited.status, at(invited.json, 'accepted'), at(invited.json, 'organization_info')]).toEqual([
      201,
      true,
      { id: organization, slug: 'alpha' },
    ]);
    const key = textAt(invited.json, 'key');
    const again = await annotator.call('POST', `/api/invitations/${key}/accept`, { json: {} });
    expect([again.status, again.json]).toEqual([400, 'Your invitation is already accepted.']);
    const [newest, owner] = await members();
    expect([at(newest, 'role'), at(newest, 'user', 'username'), at(newest, 'invitation')]).toEqual([
      'worker',
      'annotator',
      key,
    ]);
    expect([at(owner, 'role'), at(owner, 'invitation'), at(owner, 'is_active')]).toEqual(['owner', null, true]);
    expect(await heard(fast, target)).toEqual(['create:membership', 'create:invitation']);
    expect((await invite('annotator@example.com')).status).toBe(400);
  });

  it('may do what their role allows, and only in their own organization', async () => {
    expect(await status(annotator, '/api/projects')).toBe(200);
    expect(await status(annotator, '/api/projects', other)).toBe(403);
    expect((await invite('second@example.com', annotator)).status).toBe(403);
    const create = () => annotator.call('POST', '/api/projects', { json: { name: 'x' }, ...within });
    expect((await create()).status).toBe(403);
    const id = numberAt((await members())[0], 'id');
    expect(
      (await annotator.call('PATCH', `/api/memberships/${id}`, { json: { role: 'maintainer' }, ...within })).status,
    ).toBe(403);
    const raised = await admin.call('PATCH', `/api/memberships/${id}`, { json: { role: 'maintainer' }, ...within });
    expect([raised.status, at(raised.json, 'role')]).toEqual([200, 'maintainer']);
    expect(await heard(fast, target)).toEqual(['update:membership']);
    expect((await create()).status).toBe(201);
    expect((await invite('second@example.com', annotator)).status).toBe(201);
    await heard(fast, target);
  });

  it('keep their owner, and lose others who are sent away or leave', async () => {
    const all = await members();
    const idOfUser = (name: string) =>
      numberAt(
        all.find((one) => at(one, 'user', 'username') === name),
        'id',
      );
    const remove = (name: string) => admin.call('DELETE', `/api/memberships/${idOfUser(name)}`, within);
    expect((await remove('admin')).status).toBe(403);
    expect((await remove('second')).status).toBe(204);
    expect((await annotator.call('DELETE', `/api/memberships/${idOfUser('annotator')}`, within)).status).toBe(204);
    expect(await heard(fast, target)).toEqual(['delete:membership', 'delete:membership']);
    expect(await status(annotator, '/api/projects')).toBe(403);
    expect(await members()).toHaveLength(1);
  });

  it('who are strangers get an account that is no member yet', async () => {
    const invited = await invite('stranger@example.org', admin, 'supervisor');
    expect([invited.status, at(invited.json, 'accepted'), at(invited.json, 'role')]).toEqual([
      201,
      false,
      'supervisor',
    ]);
    expect([at((await members())[0], 'is_active'), at((await members())[0], 'joined_date')]).toEqual([false, null]);
    expect((await invite('x@example.org', admin, 'king')).json).toEqual({ role: ['"king" is not a valid choice.'] });
    expect((await invite('nobody')).json).toEqual({ email: ['Enter a valid email address.'] });
  });
});

describe('a webhook of an organization', () => {
  it('hears of its tasks, and not of those outside', async () => {
    await heard(fast, target);
    await admin.call('POST', '/api/tasks', { json: { name: 'inside' }, ...within });
    await admin.call('POST', '/api/tasks', { json: { name: 'elsewhere' }, ...other });
    await admin.call('POST', '/api/tasks', { json: { name: 'sandbox' } });
    expect(await heard(fast, target)).toEqual(['create:task']);
  });
});

describe('an organization', () => {
  it('is renamed by its managers and takes everything with it when it is deleted', async () => {
    const path = `/api/organizations/${organization}`;
    const renamed = await admin.call('PATCH', path, { json: { name: 'Alpha Ltd' } });
    expect([renamed.status, at(renamed.json, 'name'), at(renamed.json, 'slug')]).toEqual([200, 'Alpha Ltd', 'alpha']);
    expect((await annotator.call('PATCH', path, { json: { name: 'x' } })).status).toBe(403);
    const task = idOf(await admin.call('POST', '/api/tasks', { json: { name: 'inside' }, ...within }));
    expect((await admin.call('DELETE', path)).status).toBe(204);
    expect(await status(admin, `/api/tasks/${task}`, {})).toBe(404);
    expect(await status(admin, '/api/tasks')).toBe(404);
    expect(listAt((await admin.call('GET', '/api/webhooks')).json, 'results')).toEqual([]);
  });
});

describe('users', () => {
  it('are shown in full to an administrator and to themselves, and by name to others', async () => {
    const path = '/api/users/1';
    expect(at((await admin.call('GET', '/api/users?search=annot')).json, 'results', 0, 'email')).toBe(
      'annotator@example.com',
    );
    expect(at((await annotator.call('GET', '/api/users/2')).json, 'groups')).toEqual(['user']);
    expect(Object.keys((await annotator.call('GET', path)).json as object)).toEqual([
      'url',
      'id',
      'username',
      'first_name',
      'last_name',
    ]);
  });
});
