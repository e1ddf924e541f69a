import { requestView } from '../answers/job-views.ts';
import { basicUser } from '../answers/views.ts';
import type { Actor, Change, ChangedKind, ChangeListener } from '../state/changes.ts';
import type { CvatState } from '../state/cvat-state.ts';
import { webhooksFor } from '../state/webhooks.ts';
import type { WebhookDelivery } from './delivery.ts';
import { snapshot, type Place, type Snapshot, type Values } from './snapshot.ts';

/** Tells webhooks of what is written, in the words of the version that is played. */
export function createWebhookEvents(state: CvatState, delivery: WebhookDelivery): ChangeListener {
  const known = new Map<string, Snapshot>();

  function remember(kind: ChangedKind, id: number): void {
    const now = snapshot(state, { action: 'update', kind, id }, undefined);
    if (now !== undefined) known.set(`${kind}:${id}`, now);
  }

  function send(event: string, place: Place, contents: Contents, changed: Values = {}): void {
    for (const webhook of webhooksFor(state, event, place)) {
      const payload = arrange(state, { ...contents, event, webhook_id: webhook.id });
      delivery.enqueue(webhook, { event, payload, changedFields: Object.keys(changed).join(',') });
    }
  }

  function noticed(change: Change, actor: Actor | undefined): () => void {
    if (change.kind === 'request') return () => sendCompleted(change, actor);
    const key = `${change.kind}:${change.id}`;
    const now = snapshot(state, change, actor);
    const before = known.get(key);
    if (now === undefined) return () => undefined;
    if (change.action === 'delete') known.delete(key);
    else known.set(key, now);
    const event = `${change.action}:${change.kind}`;
    const contents = { [change.kind]: now.view, sender: senderOf(state, actor) };
    if (change.action !== 'update') return () => send(event, now, contents);
    const old = differences(state, change, before ?? now, now);
    if (Object.keys(old).length === 0 || actor === undefined) return () => undefined;
    const changes = Object.fromEntries(
      Object.entries(old).map(([name, from]) => [name, { from, to: now.columns[name] }]),
    );
    return () => send(event, now, { ...contents, before_update: old, changes }, old);
  }

  /** Imports end without a word, and so does everything in the older version. */
  function sendCompleted(change: Change, actor: Actor | undefined): void {
    const request = state.requests.get(String(change.id));
    if (request === undefined || state.version === '2.54.1') return;
    const place = { projectId: request.projectId, organizationId: request.organizationId };
    const view = requestView({ state, origin: actor?.origin ?? '' }, request);
    send(`completed:request[${request.type}]`, place, { request: view });
  }

  for (const [kind, things] of [
    ['project', state.projects],
    ['task', state.tasks],
    ['job', state.jobs],
    ['issue', state.issues],
    ['comment', state.comments],
    ['organization', state.organizations],
    ['membership', state.memberships],
  ] as const) {
    for (const id of things.keys()) remember(kind, id);
  }
  return { noticed, refreshed: remember };
}

type Contents = Readonly<Record<string, unknown>>;

const NEW_ORDER = ['event', 'webhook_id', 'SUBJECT', 'sender', 'before_update', 'changes'];
const NEW_COMPLETED_ORDER = ['event', 'request', 'webhook_id'];
const OLD_ORDER = ['SUBJECT', 'sender', 'event', 'before_update', 'webhook_id'];
const DELETE_ORDER = ['event', 'SUBJECT', 'sender', 'webhook_id'];

/** The contents in the order in which each version writes them. */
function arrange(state: CvatState, contents: Contents): object {
  const event = String(contents['event']);
  const subject = event.startsWith('completed:') ? 'request' : event.slice(event.indexOf(':') + 1);
  const order = event.startsWith('completed:')
    ? NEW_COMPLETED_ORDER
    : event.startsWith('delete:')
      ? DELETE_ORDER
      : state.version === '2.54.1'
        ? OLD_ORDER
        : NEW_ORDER;
  const names = order.map((name) => (name === 'SUBJECT' ? subject : name));
  return Object.fromEntries(names.filter((name) => name in contents).map((name) => [name, contents[name]]));
}

/** A worker knows the user from the database only. */
function senderOf(state: CvatState, actor: Actor | undefined): object | null {
  if (actor === undefined) return null;
  if (!actor.isWorker) return basicUser({ state, origin: actor.origin }, actor.userId);
  const user = state.users.get(actor.userId);
  return { id: actor.userId, username: user?.username, email: user?.email };
}

/** Former values of what changed: columns in the newer version, whatever the view shows in the older one. */
function differences(state: CvatState, change: Change, before: Snapshot, now: Snapshot): Values {
  if (state.version !== '2.54.1') return changedValues(before.columns, now.columns, Object.keys(now.columns));
  // The row of the data is one and the same before and after, unless the task has just been given it.
  const shared = [...COUNTED, ...(DERIVED[change.kind] ?? []), ...(before.view['data'] == null ? [] : DATA_ROW)];
  const names = Object.keys(now.view).filter((name) => !shared.includes(name));
  const changed = changedValues(withoutOrigins(before.view), withoutOrigins(now.view), names);
  const shown = Object.entries(now.view).flatMap(([name, value]): [string, unknown][] => {
    if (name in changed) return [[name, withOriginOf(now.view, changed[name])]];
    const uncounted = COUNTED.includes(name) ? uncount(change, name, value) : undefined;
    return uncounted === undefined ? [] : [[name, uncounted]];
  });
  return Object.fromEntries(shown);
}

/** Counts that the older version cannot tell of the former state, and shows as changed to nothing. */
const COUNTED = ['issues', 'jobs', 'tasks', 'comments', 'labels'];
/** Values that a thing has from others; they are the same before and after, however they changed. */
const DERIVED: Partial<Record<ChangedKind, readonly string[]>> = {
  project: ['dimension', 'task_subsets'],
  job: ['bug_tracker', 'dimension', 'mode', 'frame_count'],
};
const DATA_ROW = [
  'data_chunk_size',
  'data_original_chunk_type',
  'data_compressed_chunk_type',
  'data_cloud_storage_id',
  'size',
  'image_quality',
];

function uncount(change: Change, name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('url' in value)) return undefined;
  if (name === 'jobs' && change.isAddressed === true) {
    return { count: 0, completed: null, validation: null, url: value.url };
  }
  const isCounted = name === 'issues' && 'count' in value && value.count !== 0;
  return isCounted ? { url: value.url, count: 0 } : undefined;
}

function changedValues(before: Values, now: Values, names: readonly string[]): Values {
  const changed = names.filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(now[name] ?? null));
  return Object.fromEntries(changed.map((name) => [name, before[name] ?? null]));
}

const ADDRESS = /^https?:\/\/[^/]+(?=\/api\/)/;

/** A view in which addresses do not name the server, since two requests may have called it by different names. */
function withoutOrigins(view: Values): Values {
  return Object.fromEntries(Object.entries(view).map(([name, value]) => [name, readdress(value, '')]));
}

function withOriginOf(view: Values, value: unknown): unknown {
  return readdress(value, ADDRESS.exec(String(view['url']))?.[0] ?? '');
}

function readdress(value: unknown, origin: string): unknown {
  if (typeof value === 'string') {
    const path = value.replace(ADDRESS, '');
    return path.startsWith('/api/') ? origin + path : value;
  }
  if (Array.isArray(value)) return value.map((part) => readdress(part, origin));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, readdress(part, origin)]));
}
