import { canonicalJson, isRecord } from '../storage/canonical-json.ts';
import { differences } from './differences.ts';

type Show = (value: unknown) => string;

/** Units of a duration as flags take it, the largest first. */
const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** The flag of each field of an input, and how its values are written there. */
const FLAGS: readonly (readonly [field: string, flag: string, show: Show])[] = [
  ['connection', '--connection', plain],
  ['project', '--project', plain],
  ['task', '--task', plain],
  ['masks', '--masks', content],
  ['compareWith', '--as-is --masks', content],
  ['predict', '--predict', predictor],
  ['images', '--images', content],
  ['share', '--share-files', plain],
  ['categories', '--categories', content],
  ['suffix', '--suffix', plain],
  ['conversion.rules.unknown', '--unknown', plain],
  ['conversion.rules.values', '--map', pairs],
  ['conversion.rules.ignore', '--ignore', list],
  ['conversion.rules.colours', '--label-map', pairs],
  ['conversion.rules.components', '--instances', instances],
  ['conversion.shardSize', '--shard-size', plain],
  ['createProject', '--create-project', plain],
  ['syncLabels', '--sync-labels', plain],
  ['people', '--assign', plain],
  ['segmentSize', '--segment-size', plain],
  ['importScope', '--only-new-jobs/--rebuild', plain],
  ['overwrite', '--overwrite', plain],
  ['completion.rule', '--complete-when', plain],
  ['completion.atLeast', '--complete-when fraction', plain],
  ['completion.deadline', '--deadline', deadline],
  ['review', '--review', review],
  ['completion.pollMs', '--poll', duration],
  ['seal.quietMs', '--quiet', duration],
  ['tellPeople', '--people', plain],
  ['training.model', '--model', model],
  ['training.maxEpochs', '--max-epochs', plain],
  ['training.heldOutFraction', '--held-out', plain],
  ['training.heldOut', '--held-out', plain],
  ['training.group', '--group', plain],
  ['training.gate', '--gate', gate],
  ['timing.heartbeatTimeoutMs', '--worker-lost-after', duration],
  ['timing.unreachableAfterMs', '--unreachable-after', duration],
  ['timing.importStuckAfterMs', '--import-stuck-after', duration],
  ['timing.stalledAfterMs', '--stalled-after', duration],
];

/**
 * What differs between two inputs, by the flags of `start`: `--poll (runs with 2s, asked 3s)`. Fields without a flag
 * go by their own names; empty for equal inputs.
 */
export function differencesText(running: unknown, requested: unknown): string {
  const fields = differences(running, requested).map(({ field }) => field);
  const shown = FLAGS.filter(([name]) => fields.some((field) => tells(name, field)));
  const others = fields.filter((field) => !FLAGS.some(([name]) => tells(name, field)));
  const rows = [...shown, ...others.map((field) => [field, field, plain] as const)];
  return rows.map(([field, flag, show]) => line(flag, show(at(running, field)), show(at(requested, field)))).join(', ');
}

function line(flag: string, running: string, requested: string): string {
  return `${flag} (runs with ${running}, asked ${requested})`;
}

/** True if the flag of `name` shows a difference in `field`. Where one of two trains nothing, the model alone says it. */
function tells(name: string, field: string): boolean {
  return field === name || field.startsWith(`${name}.`) || (field === 'training' && name === 'training.model');
}

function at(value: unknown, field: string): unknown {
  return field.split('.').reduce<unknown>((part, name) => (isRecord(part) ? part[name] : undefined), value);
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' && value !== '' ? value : canonicalJson(value);
}

function list(value: unknown): string {
  return Array.isArray(value) && value.length > 0 ? value.map(String).join(',') : 'none';
}

/** `255=1,7=0`, or the same of colours. */
function pairs(value: unknown): string {
  return Array.isArray(value)
    ? list(value.map((pair) => (Array.isArray(pair) ? pair.map(String).join('=') : '')))
    : 'none';
}

function instances(value: unknown): string {
  if (!isRecord(value)) return 'class';
  return `components --connectivity ${String(value['connectivity'])} --min-area ${String(value['minArea'])}`;
}

/** The model that predicts. */
function predictor(value: unknown): string {
  return plain(at(value, 'model'));
}

function model(value: unknown): string {
  return value === undefined ? '--no-train' : plain(value);
}

/** `ask`, or `ask --gate-floor 0.5,grasper=0.6`. */
function gate(value: unknown): string {
  if (!isRecord(value) || !isRecord(value['floors'])) return 'if-better';
  const { all, classes } = value['floors'];
  const named = isRecord(classes) ? Object.entries(classes).map(([name, floor]) => `${name}=${String(floor)}`) : [];
  const floors = [...(typeof all === 'number' ? [String(all)] : []), ...named];
  return `${plain(value['policy'])}${floors.length === 0 ? '' : ` --gate-floor ${floors.join(',')}`}`;
}

/** Milliseconds as a flag takes them, in the largest unit that gives a whole number. */
function duration(value: unknown): string {
  if (typeof value !== 'number') return plain(value);
  const unit = UNITS.find(([, milliseconds]) => value > 0 && value % milliseconds === 0);
  return unit === undefined ? `${value}ms` : `${value / unit[1]}${unit[0]}`;
}

/** `14d, then carry`: as it was given, and what happens then. */
function deadline(value: unknown): string {
  if (!isRecord(value)) return plain(value);
  const given = typeof value['afterMs'] === 'number' ? duration(value['afterMs']) : plain(value['at']);
  return `${given}, then ${plain(value['policy'])}${moreTime(value['more'])}`;
}

/** ` by 3d, 2 times, to ana,ben; then carry`: what is given at a deadline. */
function moreTime(value: unknown): string {
  if (!isRecord(value)) return '';
  const people = list(value['people']);
  const to = people === 'none' ? '' : `, to ${people}`;
  return ` by ${duration(value['byMs'])}, ${String(value['times'])} times${to}; then ${plain(value['last'])}`;
}

/** `ana,ben, share 0.2`. */
function review(value: unknown): string {
  if (!isRecord(value) || !Array.isArray(value['reviewers'])) return plain(value);
  const { kind, ...how } = isRecord(value['pick']) ? value['pick'] : {};
  return `${value['reviewers'].join(',')}, ${[kind, ...Object.values(how)].join(' ')}`;
}

/** Where a folder or file is, and the beginning of its digest: either may differ. */
function content(value: unknown): string {
  const [uri, sha256] = [at(value, 'uri'), at(value, 'sha256')];
  return typeof uri === 'string' && typeof sha256 === 'string' ? `${uri} sha256 ${sha256.slice(0, 12)}` : plain(value);
}
