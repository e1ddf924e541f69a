import type { PendingActivity } from '../pending-activities.ts';
import type { IterationRow } from '../list-iterations.ts';

/** What has become of an iteration since the last look. */
export interface IterationChange {
  /** `changed`: it is new, or its step or what it waits for is another. `failing`: why its activity has not ended is another. `ended`: it runs no more. */
  readonly what: 'changed' | 'failing' | 'ended';
  readonly id: string;
  readonly connection: string;
  /** As the index has it; null for an ended one. */
  readonly row: IterationRow | null;
  /** Of the activity that fails, where that is known. */
  readonly failure: { readonly code: string | null; readonly message: string; readonly attempt: number } | null;
}

/** What is read of what runs. */
export interface RunningSource {
  running(): Promise<readonly IterationRow[]>;
  /** Its pending activities; empty if it has ended meanwhile. */
  activities(id: string): Promise<readonly PendingActivity[]>;
}

/** Iterations that are looked at closely in one look; the others take their turn. */
const CLOSELY = 20;

interface Seen {
  readonly row: IterationRow;
  failure: IterationChange['failure'];
}

/**
 * Compares what runs with what ran at the last look. Each look takes one list, and a close look at some iterations in turn: why a poll fails
 * is in no index.
 *
 * @throws (each look) what the source throws; nothing is lost by that
 */
export function watchIterations(source: RunningSource): () => Promise<readonly IterationChange[]> {
  let seen: Map<string, Seen> | null = null;
  let turn: string[] = [];
  return async () => {
    const rows = await source.running();
    const before = seen;
    const now = new Map(
      rows.map((row): [string, Seen] => [row.id, { row, failure: before?.get(row.id)?.failure ?? null }]),
    );
    const changes = before === null ? [] : differences(before, now);
    turn = [...turn.filter((id) => now.has(id)), ...[...now.keys()].filter((id) => !turn.includes(id))];
    for (const id of turn.splice(0, CLOSELY)) {
      turn.push(id);
      const known = now.get(id);
      if (known === undefined) continue;
      const failure = failureIn(await source.activities(id));
      const isOther = failure?.code !== known.failure?.code || failure?.message !== known.failure?.message;
      known.failure = failure;
      if (isOther && before !== null) changes.push(changeOf('failing', known));
    }
    seen = now;
    return changes;
  };
}

function differences(before: ReadonlyMap<string, Seen>, now: ReadonlyMap<string, Seen>): IterationChange[] {
  const changed = [...now.values()].filter(({ row }) => {
    const old = before.get(row.id)?.row;
    return old === undefined || JSON.stringify(old) !== JSON.stringify(row);
  });
  const ended = [...before.values()].filter(({ row }) => !now.has(row.id));
  return [
    ...changed.map((one) => changeOf('changed', one)),
    ...ended.map(({ row: { id, connection } }): IterationChange => {
      return { what: 'ended', id, connection, row: null, failure: null };
    }),
  ];
}

function changeOf(what: IterationChange['what'], { row, failure }: Seen): IterationChange {
  return { what, id: row.id, connection: row.connection, row, failure };
}

function failureIn(activities: readonly PendingActivity[]): IterationChange['failure'] {
  const failing = activities.find(({ lastFailure }) => lastFailure !== null);
  if (failing === undefined || failing.lastFailure === null) return null;
  const { code, message } = failing.lastFailure;
  return { code, message, attempt: failing.attempt };
}
