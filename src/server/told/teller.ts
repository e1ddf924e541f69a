import { isMaskloopError, MaskloopError, type Fact, type Facts } from '../../contracts/error.ts';
import type { FailureCode } from '../../contracts/failures.ts';
import { iterationId, placeOfId } from '../../contracts/ids.ts';
import type { IterationIndex } from '../../operations/lists/iteration-index.ts';
import type { PeopleOfIteration, PeopleRegister } from '../../operations/people/people-register.ts';
import { eachAtOnce } from '../../storage/each-at-once.ts';
import { isRecord } from '../../storage/canonical-json.ts';
import type { Principal } from '../access/principal.ts';
import { withoutOtherPlaces } from './other-connections.ts';
import { allIds, idsInAnswer, rewriteAnswer } from './rewrite-answer.ts';

/** Whom something is told, and what about. */
export interface Hearer {
  readonly who: Pick<Principal, 'connections'>;
  /** What he has asked: names that stand there are known to him, and ids there say what an answer is about. */
  readonly asked: unknown;
  /** People of what the answer is about, where no id says so. */
  readonly people?: readonly PeopleOfIteration[];
}

/**
 * The one place at which it is decided what of an answer is told: by the `people` setting of each iteration no annotator and no reviewer is named,
 * and nobody is told of a connection that he does not see, in whatever text or field it stands.
 */
export interface Teller {
  /** An answer or event as the hearer may be told it. @throws nothing */
  tell(value: unknown, hearer: Hearer): Promise<unknown>;
  /** The same for a failure; what is none of the catalogue comes back as it is. */
  failure(error: unknown, hearer: Hearer): Promise<unknown>;
}

interface Knowledge {
  readonly people: PeopleRegister;
  readonly index: Pick<IterationIndex, 'known'>;
}

/** A teller by what is known of iterations. */
export function createTeller({ people, index }: Knowledge): Teller {
  async function tell(value: unknown, { who, asked, people: given = [] }: Hearer): Promise<unknown> {
    const inAnswer = idsInAnswer(value);
    if (inAnswer === null) return value;
    const known = new Map<string, PeopleOfIteration>();
    const about = [...allIds(asked), ...placesIn(asked)].filter(isIteration);
    const ids = new Set([...about, ...[...inAnswer].filter(isIteration)]);
    const own = stringsIn(asked);
    const isOfNobody = isRecord(value) && OF_NOBODY.some((code) => code === value['code']);
    if (!isOfNobody) await eachAtOnce([...ids], undefined, async (id) => void known.set(id, await people.of(id)));
    // What is about no iteration may be about any.
    const isOfAny = !isOfNobody && ids.size + given.length === 0;
    return rewriteAnswer(value, {
      peopleOf: (id) => known.get(id),
      names: isOfAny ? await namesAnywhere() : [],
      people: [...given, ...about.flatMap((id) => known.get(id) ?? [])],
      own: new Set(own),
      ofOthers: who.connections === null ? null : withoutOtherPlaces(who.connections, await index.known(), own),
    });
  }

  /** Whoever is not to be told by any iteration that runs. */
  async function namesAnywhere(): Promise<readonly string[]> {
    const names: string[] = [];
    const running = (await index.known()).filter(({ state }) => state === 'running').slice(0, MOST_ASKED);
    await eachAtOnce(running, undefined, async ({ id }) => {
      const one = await people.of(id);
      if (one.tells !== 'names') names.push(...one.names.filter((name) => !one.leads.includes(name)));
    });
    return names;
  }

  return {
    tell,
    failure: async (error, hearer) => {
      if (!isMaskloopError(error)) return error;
      const { code, message, retryAfterMs } = error;
      const told = await tell({ code, message, facts: error.facts }, hearer);
      if (!isRecord(told)) return error;
      return new MaskloopError(code, String(told['message']), {
        facts: isFacts(told['facts']) ? told['facts'] : {},
        cause: error,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      });
    },
  };
}

/** Of so many iterations people are looked up at most where an answer is about none in particular. */
const MOST_ASKED = 200;

/** Failures that come from the server itself or before anybody is looked at; nobody waits for Temporal to hear of them. */
const OF_NOBODY: readonly FailureCode[] = [
  ...(['TemporalUnreachable', 'StoreUnreachable', 'IterationNotFound'] as const),
  ...(['RequestInvalid', 'AccessDenied', 'LoginNeeded', 'TooManyRequests', 'TokenUnknown'] as const),
];

/** Loops and schedules begin with `~`. */
function isIteration(id: string): boolean {
  if (id.startsWith('~')) return false;
  try {
    placeOfId(id);
    return true;
  } catch (error) {
    if (isMaskloopError(error)) return false;
    throw error;
  }
}

/** Ids of the iterations that a request names by project and task. */
function placesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(placesIn);
  if (!isRecord(value)) return [];
  const { connection, project, task } = value;
  const inside = Object.values(value).flatMap(placesIn);
  if (typeof project !== 'string' || typeof task !== 'string') return inside;
  try {
    return [iterationId({ project, task, ...(typeof connection === 'string' ? { connection } : {}) }), ...inside];
  } catch (error) {
    if (isMaskloopError(error)) return inside;
    throw error;
  }
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return isRecord(value) ? Object.values(value).flatMap(stringsIn) : [];
}

/** Facts stay JSON when texts in them are replaced. */
function isFacts(value: unknown): value is Facts {
  return isRecord(value) && Object.values(value).every((one): one is Fact => one !== undefined);
}
