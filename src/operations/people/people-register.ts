import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { PEOPLE_SETTINGS, type PeopleSetting } from '../../contracts/comparison.ts';
import { isMaskloopError } from '../../contracts/error.ts';
import { readReceipt, type ReceiptStore } from '../../receipts/read-receipt.ts';
import { readRunningInput } from '../running-input.ts';
import { withinPatience } from '../within-patience.ts';

/** Who works on an iteration, and whether people may be told. User names in CVAT. */
export interface PeopleOfIteration {
  readonly tells: PeopleSetting;
  /** Annotators and reviewers, as far as they are known. */
  readonly names: readonly string[];
  /** Leads: they are written to, and may be told. */
  readonly leads: readonly string[];
}

/** Whose names an answer may hold. */
export interface PeopleRegister {
  /** Of an iteration; nobody is to be told where its setting is not known. Throws nothing. */
  of(id: string): Promise<PeopleOfIteration>;
  /** Notes who has jobs in CVAT: not only those to whom they were given. */
  saw(id: string, names: readonly (string | null)[]): void;
}

const names = z.array(z.string()).catch([]);
const given = z.object({
  tellPeople: z.enum(PEOPLE_SETTINGS),
  people: names,
  review: z.object({ reviewers: names }).optional().catch(undefined),
  completion: z.object({ deadline: z.object({ more: z.object({ people: names }).optional() }).optional() }).catch({}),
  notices: z.object({ leads: names }).optional().catch(undefined),
});

const UNKNOWN: PeopleOfIteration = { tells: 'none', names: [], leads: [] };

/** An iteration that is started again may have another setting; in milliseconds. */
const FRESH_MS = 30_000;

/** How long Temporal may take, in milliseconds: an answer waits for it. */
const TIMEOUT_MS = 3000;

/** Iterations of which that is remembered. */
const MOST = 5000;

/** What an input, or the template of a loop's inputs, says of people. */
export function peopleOfInput(input: unknown): PeopleOfIteration {
  const { data } = given.safeParse(input);
  if (data === undefined) return UNKNOWN;
  const { tellPeople, people, review, completion, notices } = data;
  const all = [...people, ...(review?.reviewers ?? []), ...(completion.deadline?.more?.people ?? [])];
  return { tells: tellPeople, names: [...new Set(all)], leads: notices?.leads ?? [] };
}

/** Reads what iterations were started with: from Temporal, else from their receipts. @param now milliseconds since 1970 */
export function createPeopleRegister(
  { client, store }: { readonly client: Client; readonly store: ReceiptStore },
  now: () => number = Date.now,
): PeopleRegister {
  const known = new Map<string, { readonly readAt: number; readonly people: Promise<PeopleOfIteration> }>();
  const seen = new Map<string, ReadonlySet<string>>();

  async function inputOf(id: string): Promise<unknown> {
    try {
      const read = () => readRunningInput(client, { id, runId: '' });
      return await withinPatience(client, read, TIMEOUT_MS);
    } catch (error) {
      if (!isMaskloopError(error, 'IterationNotFound')) throw error;
      return (await readReceipt(store, id))?.input ?? null;
    }
  }

  /** While Temporal is away: what was known before, else what the receipt says, which is all that is told then. */
  async function peopleWhileAway(
    id: string,
    before: Promise<PeopleOfIteration> | undefined,
  ): Promise<PeopleOfIteration> {
    if (before !== undefined) return before;
    return peopleOfInput((await readReceipt(store, id).catch(() => null))?.input ?? null);
  }

  function readAnew(id: string, before: Promise<PeopleOfIteration> | undefined): Promise<PeopleOfIteration> {
    const input = inputOf(id);
    const people = input.then(peopleOfInput, async () => peopleWhileAway(id, before));
    const asked = { readAt: now(), people };
    keep(known, id, asked);
    const forget = (found: unknown): void => {
      // Before its start an iteration is asked about as well, and at once after it.
      if (found === null && known.get(id) === asked) known.delete(id);
    };
    input.then(forget, () => undefined);
    return people;
  }

  return {
    of: async (id) => {
      const before = known.get(id);
      const isFresh = before !== undefined && now() - before.readAt <= FRESH_MS;
      const people = await (isFresh ? before.people : readAnew(id, before?.people));
      return { ...people, names: [...new Set([...people.names, ...(seen.get(id) ?? [])])] };
    },
    saw: (id, some) => keep(seen, id, new Set([...(seen.get(id) ?? []), ...some.filter((name) => name !== null)])),
  };
}

/** Those that were kept first go first. */
function keep<T>(map: Map<string, T>, id: string, value: T): void {
  map.delete(id);
  map.set(id, value);
  const [oldest] = map.keys();
  if (map.size > MOST && oldest !== undefined) map.delete(oldest);
}
