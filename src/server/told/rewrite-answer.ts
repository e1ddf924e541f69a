import { z } from 'zod';
import { PEOPLE_SETTINGS } from '../../contracts/comparison.ts';
import type { Rung } from '../../contracts/notice.ts';
import type { AssignmentRef } from '../../contracts/refs.ts';
import type { PeopleOfIteration } from '../../operations/people/people-register.ts';
import { SOMEBODY, unnamedAssignment } from '../../receipts/unnamed-assignment.ts';
import { isRecord } from '../../storage/canonical-json.ts';
import { replaceWords } from './replace-words.ts';

/** What is to be told to somebody. */
export interface Telling {
  /** Whose names an answer about the iteration `id` may hold. */
  readonly peopleOf: (id: string) => PeopleOfIteration | undefined;
  /** The same for whatever the whole answer is about. */
  readonly people: readonly PeopleOfIteration[];
  /** Names that nobody is to be told, whatever the answer is about. */
  readonly names: readonly string[];
  /** Names that the one who asks has named himself. */
  readonly own: ReadonlySet<string>;
  /** A text without the names of connections that the one who asks does not see; null for one who sees all. */
  readonly ofOthers: ((text: string) => string) | null;
}

/** Fields that hold user names of annotators and reviewers. `person` is filled by the setting where it is made. */
const NAMES: ReadonlySet<string> = new Set(['people', 'username', 'assignee', 'reviewers', 'owner', 'whom']);

/** What a field of that name says of nobody: whether people are told, and which of them are meant. A name never stands there alone but in a list. */
const SETTINGS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['people', PEOPLE_SETTINGS],
  ['whom', ['assignee', 'reviewer', 'lead'] satisfies readonly Rung['whom'][]],
]);

/** Fields with sentences, in which anybody may be named. */
const TEXTS: ReadonlySet<string> = new Set(
  'message detail action title words subject reason reasons why problem problems'.split(' '),
);

/** Fields whose fields are free, down to the last. */
const OPEN: ReadonlySet<string> = new Set(['facts', 'heartbeat', 'lastFailure', 'asked']);

/** Fields within these that say which thing is meant, and not whose. */
const KEPT: ReadonlySet<string> = new Set(['id', 'project', 'task', 'url', 'uri', 'sha256', 'code', 'file', 'by']);

interface Here extends Telling {
  /** Those whom the settings of all that this is about do not let be told. */
  readonly hidden: readonly PeopleOfIteration[];
  /** Names found beside, in fields that hold names. */
  readonly beside: readonly string[];
  readonly isOpen: boolean;
}

/** An answer, a failure or an event as somebody may be told it. */
export function rewriteAnswer(value: unknown, telling: Telling): unknown {
  const hidden = telling.people.filter(({ tells }) => tells !== 'names');
  return rewrite(value, '', { ...telling, hidden, beside: [], isOpen: false });
}

/** Ids of iterations of which an answer holds anything in which people may be named; null if there is nothing of that kind at all. */
export function idsInAnswer(value: unknown): ReadonlySet<string> | null {
  const ids = new Set<string>();
  return mayName(value, '', ids) ? ids : null;
}

function mayName(value: unknown, key: string, ids: Set<string>): boolean {
  if (typeof value === 'string') return NAMES.has(key) || TEXTS.has(key) || OPEN.has(key);
  if (Array.isArray(value)) return value.filter((one) => mayName(one, key, ids)).length > 0;
  if (!isRecord(value)) return false;
  const found = Object.entries(value).filter(([name, one]) => mayName(one, name, ids) || OPEN.has(name));
  if (found.length > 0) for (const id of idsOf(value)) ids.add(id);
  return found.length > 0;
}

/** What an object says that it is about. A line of a log is about all that it names. */
function idsOf(value: Readonly<Record<string, unknown>>): readonly string[] {
  const ids = [value['id'], value['iteration']].filter((id) => typeof id === 'string');
  if (value['schema'] !== 'maskloop.audit/1') return ids;
  return [...ids, ...Object.values(value).flatMap(allIds)];
}

/** All ids, wherever they stand. */
export function allIds(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(allIds);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => (key === 'id' && typeof one === 'string' ? [one] : allIds(one)));
}

function rewrite(value: unknown, key: string, here: Here): unknown {
  if (typeof value === 'string') return rewriteText(value, key, here);
  if (Array.isArray(value)) {
    const all = value.map((one) => rewrite(one, key, here));
    return NAMES.has(key) && all.every((one) => typeof one === 'string') ? [...new Set(all)] : all;
  }
  return isRecord(value) ? rewriteFields(value, key, here) : value;
}

function isSetting(key: string, value: unknown): boolean {
  return typeof value === 'string' && SETTINGS.get(key)?.includes(value) === true;
}

function rewriteFields(value: Readonly<Record<string, unknown>>, key: string, outer: Here): unknown {
  const about = idsOf(value).flatMap((id) => outer.peopleOf(id) ?? []);
  const hidden = [...outer.hidden, ...about.filter(({ tells }) => tells !== 'names')];
  if (key === 'assignment' && hidden.length > 0) {
    const { data } = assignmentSchema.safeParse(value);
    if (data !== undefined) return unnamedAssignment(data);
  }
  const beside = [...outer.beside, ...Object.entries(value).flatMap(([name, one]) => namesIn(name, one))];
  // Of whom CVAT knows nothing, nothing is told by naming him: it has to be corrected.
  const own = value['code'] === 'PersonNotFound' ? new Set([...outer.own, ...missingIn(value)]) : outer.own;
  const here = { ...outer, hidden, beside, own };
  const isList = (name: string): boolean => name === 'known' && outer.isOpen && value['connection'] !== undefined;
  const shown = Object.entries(value).filter(([name]) => here.ofOthers === null || !isList(name));
  const fields = shown.map(([name, one]) => {
    const isOpen = outer.isOpen || OPEN.has(name);
    // Names may be keys as well.
    const called = isOpen ? unnamed(name, here) : name;
    if (isSetting(name, one)) return [called, one] as const;
    return [called, rewrite(one, name, { ...here, isOpen })] as const;
  });
  return Object.fromEntries(fields);
}

function rewriteText(text: string, key: string, here: Here): string {
  const ofOthers = here.ofOthers ?? ((one: string) => one);
  if (NAMES.has(key) && here.hidden.length > 0 && !mayBeTold(text, here)) return SOMEBODY;
  if (here.isOpen ? KEPT.has(key) : !TEXTS.has(key) && !NAMES.has(key))
    return here.isOpen && key !== 'by' ? ofOthers(text) : text;
  return ofOthers(unnamed(text, here));
}

function unnamed(text: string, here: Here): string {
  const beside = here.hidden.length === 0 ? [] : here.beside;
  const names = [...here.hidden.flatMap((one) => one.names), ...here.names, ...beside];
  return replaceWords(
    text,
    names.filter((name) => !mayBeTold(name, here)),
    SOMEBODY,
  );
}

function mayBeTold(name: string, { hidden, own }: Here): boolean {
  return name === SOMEBODY || own.has(name) || hidden.some(({ leads }) => leads.includes(name));
}

function namesIn(key: string, value: unknown): readonly string[] {
  if (!NAMES.has(key) || isSetting(key, value)) return [];
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}

function missingIn({ facts }: Readonly<Record<string, unknown>>): readonly string[] {
  const missing = isRecord(facts) ? facts['missing'] : null;
  return Array.isArray(missing) ? missing.filter((one) => typeof one === 'string') : [];
}

const assignmentSchema: z.ZodType<AssignmentRef> = z.object({
  people: z.array(z.object({ username: z.string(), jobs: z.number(), frames: z.number() })),
  others: z.number(),
});
