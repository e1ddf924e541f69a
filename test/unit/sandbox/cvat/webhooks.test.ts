import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SANDBOX_ANNOTATOR } from '../../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { at, listAt, textAt } from './json-at.ts';
import { idOf, logIn, startFast, type Fast, type Person } from './talk.ts';
import { heard, startTarget, type WebhookTarget } from './webhook-target.ts';

let fast: Fast;
let admin: Person;
let target: WebhookTarget;
let project: number;
beforeAll(async () => {
  fast = await startFast();
  admin = fast.admin;
  target = await startTarget();
  project = idOf(await admin.call('POST', '/api/projects', { json: { name: 'SurgVU' } }));
});
afterAll(async () => {
  await fast.cvat.close();
  await target.close();
});

const wish = (more: object = {}) => ({
  json: { target_url: `${target.url}/hook`, type: 'project', project_id: project, events: ['update:task'], ...more },
});
const create = (more: object = {}, person = admin) => person.call('POST', '/api/webhooks', wish(more));

describe('webhooks', () => {
  it('are made, listed, changed and deleted, and never show their secret', async () => {
    const made = await create({ secret: 's3cr3t', events: ['update:task', 'create:job', 'update:task'] });
    expect([made.status, at(made.json, 'events')]).toEqual([201, ['create:job', 'update:task']]);
    expect(made.headers.get('location')).toBe(`${fast.cvat.url}/api/webhooks/${idOf(made)}`);
    const listed = await admin.call('GET', `/api/webhooks?project_id=${project}`);
    expect(listAt(listed.json, 'results')).toEqual([made.json]);
    const path = `/api/webhooks/${idOf(made)}`;
    const changed = await admin.call('PATCH', path, { json: { is_active: false, secret: '' } });
    expect([at(changed.json, 'is_active'), at(changed.json, 'target_url')]).toEqual([false, `${target.url}/hook`]);
    for (const { text } of [made, listed, changed]) expect(text).not.toMatch(/s3cr3t|"secret"/);
    expect((await admin.call('DELETE', path)).status).toBe(204);
    expect((await admin.call('GET', path)).json).toEqual({ detail: 'No Webhook matches the given query.' });
    expect(listAt((await admin.call('GET', '/api/webhooks')).json, 'results')).toEqual([]);
  });

  it('are refused with the words for what is wrong with them, and crash CVAT without a project', async () => {
    const cases = [
      [{ target_url: 'nope' }, 400, { target_url: ['Enter a valid URL.'] }],
      [{ events: ['update:nothing'] }, 400, { events: ['"update:nothing" is not a valid choice.'] }],
      [{ events: ['create:project'] }, 400, { non_field_errors: ['Invalid events list for project webhook'] }],
      [{ events: [] }, 400, { non_field_errors: ['Invalid events list for project webhook'] }],
      [{ project_id: 99_999 }, 400, ['Project matching query does not exist.']],
      [{ secret: 'x'.repeat(65) }, 400, { secret: ['Ensure this field has no more than 64 characters.'] }],
      [{ events: [{ key: 'update:task' }] }, 400, { events: ['"{"key":"update:task"}" is not a valid choice.'] }],
      [{ project_id: undefined }, 500, undefined],
    ] as const;
    for (const [more, status, json] of cases) {
      const answer = await create(more);
      expect([answer.status, answer.json]).toEqual([status, json]);
    }
  });

  it('are for those who may use the project, and name only their own methods', async () => {
    const annotator = await logIn(fast.cvat.url, SANDBOX_ANNOTATOR);
    const path = `/api/webhooks/${idOf(await create())}`;
    expect((await create({}, annotator)).status).toBe(403);
    const forbidden = await annotator.call('GET', path);
    expect([forbidden.status, forbidden.headers.get('allow')]).toEqual([403, 'GET, DELETE, PATCH, PUT']);
    expect(listAt((await annotator.call('GET', '/api/webhooks')).json, 'results')).toEqual([]);
    expect((await admin.call('OPTIONS', path)).status).toBe(405);
  });

  it('answer a ping with what the target said, even when they are inactive', async () => {
    const webhook = idOf(await create({ is_active: false }));
    target.answer((response) => void response.writeHead(503).end('busy'));
    const pinged = await admin.call('POST', `/api/webhooks/${webhook}/ping`);
    target.answer((response) => void response.end());
    expect([pinged.status, at(pinged.json, 'status_code'), at(pinged.json, 'response')]).toEqual([200, 503, 'busy']);
    expect(await heard(fast, target)).toEqual(['ping']);
    const shown = await admin.call('GET', `/api/webhooks/${webhook}`);
    expect([at(shown.json, 'last_status'), at(shown.json, 'last_delivery_date')]).toEqual([
      503,
      at(pinged.json, 'updated_date'),
    ]);
    const task = idOf(await admin.call('POST', '/api/tasks', { json: { name: 'quiet', project_id: project } }));
    const rename = async (name: string) => admin.call('PATCH', `/api/tasks/${task}`, { json: { name } });
    await admin.call('PATCH', `/api/webhooks/${webhook}`, { json: { is_active: true } });
    await rename('loud');
    expect(await heard(fast, target)).toContain('update:task');
    for (const id of fast.cvat.state.webhooks.keys()) {
      await admin.call('PATCH', `/api/webhooks/${id}`, { json: { is_active: false } });
    }
    await rename('quiet again');
    expect(await heard(fast, target)).toEqual([]);
  });
});

describe('the list of events', () => {
  it('has objects in the newer version, and sorted names without ends of requests in the older one', async () => {
    const old = await startFast({ version: '2.54.1' });
    const path = '/api/webhooks/events?type=project';
    const newer = listAt((await admin.call('GET', path)).json, 'events');
    const older = listAt((await old.admin.call('GET', path)).json, 'events');
    await old.cvat.close();
    expect(newer).toContainEqual({ key: 'update:job', group: { display_name: 'Job' } });
    const keys = newer.map((event) => textAt(event, 'key'));
    expect([keys.length, keys.filter((key) => key.startsWith('completed:')).length]).toEqual([21, 7]);
    expect(keys.filter((key) => key.includes('import'))).toEqual([]);
    expect([older.length, older]).toEqual([14, older.map(String).toSorted()]);
    expect(older).toContain('update:job');
  });

  it('names the deletion of an organization in the older version only', async () => {
    const old = await startFast({ version: '2.54.1' });
    const path = '/api/webhooks/events?type=organization';
    const newer = listAt((await admin.call('GET', path)).json, 'events').map((event) => textAt(event, 'key'));
    const older = listAt((await old.admin.call('GET', path)).json, 'events');
    await old.cvat.close();
    expect([newer.includes('delete:organization'), older.includes('delete:organization')]).toEqual([false, true]);
    expect([newer.includes('update:organization'), older.includes('update:organization')]).toEqual([true, true]);
  });

  it('refuses a type that there is not', async () => {
    const answer = await admin.call('GET', '/api/webhooks/events?type=nope');
    expect([answer.status, answer.json]).toEqual([400, 'Incorrect value of type parameter']);
  });
});
