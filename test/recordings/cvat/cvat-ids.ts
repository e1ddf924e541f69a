import type { IdPattern } from '../id-map.ts';
import type { Place } from '../server-kind.ts';

const ONE_OF_EACH: Readonly<Record<string, string>> = {
  users: 'user',
  projects: 'project',
  tasks: 'task',
  jobs: 'job',
  labels: 'label',
  issues: 'issue',
  comments: 'comment',
  webhooks: 'webhook',
  deliveries: 'delivery',
  organizations: 'organization',
  memberships: 'membership',
  access_tokens: 'token',
  consensus_jobs: 'job',
};

const KINDS = Object.keys(ONE_OF_EACH).join('|');
const UUID = String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}`;
const FIELDS = 'project|task|job|issue|user|webhook|org';

function fieldKind(name: string): string {
  return name === 'org' ? 'organization' : name;
}

/** Where ids stand in the texts of CVAT: paths, queries, names of requests, uploads and exported files. */
export const CVAT_ID_PATTERNS: readonly IdPattern[] = [
  pattern(String.raw`/api/(?:[\w/]+/)?(?<where>${KINDS})/(?<id>\d+)`, ({ where = '' }) => ONE_OF_EACH[where] ?? where),
  pattern(String.raw`/deliveries/(?<id>\d+)`, () => 'delivery'),
  pattern(String.raw`/api/webhooks/(?<id>\d+)(?=/deliveries/\d)`, () => 'webhook'),
  pattern(String.raw`target(?:=|%3D)(?<where>\w+?)(?:&|%26)target_id(?:=|%3D)(?<id>\d+)`, ({ where = '' }) => where),
  pattern(String.raw`(?<![a-z_])(?<where>${FIELDS})_id(?:=|%3D|%22%7D%2C\+)(?<id>\d+)`, ({ where = '' }) =>
    fieldKind(where),
  ),
  pattern(String.raw`%22var%22%3A\+%22id%22%7D%2C\+%5B(?<id>\d+)`, () => 'task'),
  pattern(String.raw`/invitations/(?<id>[A-Za-z\d]{64})`, () => 'invitation'),
  pattern(String.raw`(?<id>\d+)(?=_(?:upload-\d|${UUID}))`, () => 'user'),
  pattern(String.raw`(?<=\d_)(?<id>upload-\d+|${UUID})`, () => 'upload'),
  pattern(String.raw`(?<id>\bkey-\d+|\b[\da-f]{40}\b)`, () => 'key'),
  pattern(String.raw`(?<id>\bpat-\d+|\b[A-Za-z\d]{8}\.[A-Za-z\d]{32}\b)`, () => 'pat'),
  pattern(String.raw`(?<id>\buuid-\d+|\b${UUID}\b)`, () => 'uuid'),
  pattern(String.raw`\b(?<where>project|task|job)_(?<id>\d+)_(?:annotations|dataset)`, ({ where = '' }) => where),
  pattern(String.raw`(?:annotations|dataset)_(?<id>\d{4}(?:_\d\d){5})`, () => 'any'),
  pattern(String.raw`^[^:#]+:(?<id>\d+,\d+,\d+)::$`, () => 'rgb'),
  pattern(String.raw`/data/data/(?<id>\d+)/raw/`, () => 'data'),
  pattern(String.raw`label_id \`(?<id>\d+)\``, () => 'label'),
];

function pattern(source: string, kind: IdPattern['kind']): IdPattern {
  return { pattern: new RegExp(source, 'dg'), kind };
}

const FIELD_KINDS: Readonly<Record<string, string>> = {
  project_id: 'project',
  task_id: 'task',
  job_id: 'job',
  job: 'job',
  issue: 'issue',
  parent_job_id: 'job',
  assignee: 'user',
  assignee_id: 'user',
  owner_id: 'user',
  user: 'user',
  label_id: 'label',
  spec_id: 'attribute',
  org_id: 'organization',
  organization: 'organization',
  organization_id: 'organization',
  webhook_id: 'webhook',
  data: 'data',
  data_id: 'data',
};

/** The kind of thing whose id a number in a body is, or a text: colours follow from names in a way of CVAT's own. */
export function cvatIdKind(place: Place): string | undefined {
  const name = place.keys.at(-1);
  if (typeof place.value !== 'string') return numberKind(place);
  if (name === 'color' && /^#[\da-f]{6}$/.test(place.value)) return 'colour';
  return (name === 'key' || name === 'invitation') && place.value.length === 64 ? 'invitation' : undefined;
}

function numberKind({ keys, parent, path }: Place): string | undefined {
  // The ids in an exported document are its own.
  if (path.endsWith('/dataset/download')) return undefined;
  const name = keys.at(-1);
  if (name !== 'id') return typeof name === 'string' ? FIELD_KINDS[name] : undefined;
  const url = typeof parent === 'object' && parent !== null && 'url' in parent ? String(parent.url) : '';
  const named = /\/(\w+)\/\d+$/.exec(url)?.[1];
  if (named !== undefined) return ONE_OF_EACH[named] ?? named;
  const holder = keys.findLast((key, index) => typeof key === 'string' && index < keys.length - 1);
  if (typeof holder === 'string' && HOLDERS[holder] !== undefined) {
    return holder === 'shapes' && keys.includes('tracks') ? 'track shape' : HOLDERS[holder];
  }
  const last = path.split('/').findLast((piece) => ONE_OF_EACH[piece] !== undefined);
  if (path.includes('redelivery') || path.endsWith('/ping')) return 'delivery';
  return last === undefined ? undefined : ONE_OF_EACH[last];
}

const HOLDERS: Readonly<Record<string, string>> = {
  shapes: 'shape',
  tracks: 'track',
  tags: 'tag',
  elements: 'shape',
  attributes: 'attribute',
  labels: 'label',
  organization_info: 'organization',
  owner: 'user',
  assignee: 'user',
  user: 'user',
  sender: 'user',
};

/** Ids of things that an unrecorded hand had made, such as a token, are unknown to the stand-in too. */
export function inventCvatId(kind: string, recorded: string): string {
  const number = recorded.replaceAll(/\D/g, '').padStart(12, '0');
  if (kind === 'upload') return `00000000-0000-4000-8000-${number}`;
  if (kind === 'key') return number.padStart(40, '0');
  return kind === 'pat' ? `${number.slice(-8)}.${number.padStart(32, '0')}` : recorded;
}

/** CVAT lists the shapes of a frame as its database gives them: by content, then by the ids in it, for a comparison. */
export function shapeKey(keys: Place['keys'], item: unknown): string | undefined {
  if (keys.at(-1) !== 'shapes' || keys.includes('tracks') || typeof item !== 'object' || item === null)
    return undefined;
  const shape: Readonly<Record<string, unknown>> = { ...item };
  const { frame, type, points, group, source, z_order: order, label_id: label, id } = shape;
  const ids = [label, id].map((number) => String(number).padStart(9));
  return [String(frame).padStart(6), type, JSON.stringify(points), group, source, order, ...ids].join(' ');
}
