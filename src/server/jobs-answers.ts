import type { TaskJobs } from '../contracts/look.ts';
import type { Looks } from '../operations/looks/looks.ts';

/** What a look has found counts so long after its end, in milliseconds: CVAT is not asked for each page. */
const FRESH_MS = 10_000;

/** A task that is asked for. */
export interface TaskAsked {
  readonly taskId: number;
  /** How far its iteration is: what was found when that was another text counts no more. */
  readonly standing: string;
}

/** What was asked of a task, and what came of it. */
interface Asked {
  readonly standing: string;
  readonly answer: Promise<TaskJobs | undefined>;
  /** Milliseconds since 1970; null while it is looked for. */
  endedAt: number | null;
}

/** Jobs of tasks as CVAT had them a few seconds ago at most. */
export interface JobsAnswers {
  /** In the order of the tasks; what CVAT knows nothing of is left out. @throws MaskloopError as `Looks.jobs` */
  of(connection: string, tasks: readonly TaskAsked[], withEdits: boolean): Promise<readonly TaskJobs[]>;
  /** What was found so far counts no more. */
  forget(): void;
}

const keyOf = (connection: string, task: number, withEdits: boolean): string => `${connection} ${task} ${withEdits}`;

/**
 * Remembers what looks have found, task by task. A task that is being looked at is not looked at a second time meanwhile, whoever asks: also
 * not after a change, where the new look waits for the end of the old one. A look that failed as a whole is not remembered.
 */
export function createJobsAnswers(looks: Pick<Looks, 'jobs'>, now: () => number = Date.now): JobsAnswers {
  const known = new Map<string, Asked>();
  const underWay = new Map<string, Promise<unknown>>();

  function dropOld(): void {
    for (const [key, { endedAt }] of known) if (endedAt !== null && now() - endedAt > FRESH_MS) known.delete(key);
  }

  function found(connection: string, { taskId, standing }: TaskAsked, withEdits: boolean): Asked | undefined {
    const counting = (asked: Asked | undefined) => (asked?.standing === standing ? asked : undefined);
    // A look into completed jobs tells the rest as well, but takes longer.
    const more = withEdits ? undefined : counting(known.get(keyOf(connection, taskId, true)));
    return counting(known.get(keyOf(connection, taskId, withEdits))) ?? (more?.endedAt == null ? undefined : more);
  }

  function look(connection: string, tasks: readonly TaskAsked[], withEdits: boolean): void {
    const ids = tasks.map(({ taskId }) => taskId);
    const before = ids.flatMap((task) => underWay.get(keyOf(connection, task, withEdits)) ?? []);
    const all = Promise.allSettled(before).then(() => looks.jobs(connection, ids, { withEdits }));
    for (const { taskId: task, standing } of tasks) {
      const key = keyOf(connection, task, withEdits);
      const answer = all.then((told) => told.find(({ taskId }) => taskId === task));
      const asked: Asked = { standing, answer, endedAt: null };
      known.set(key, asked);
      underWay.set(key, all);
      const ended = (isWell: boolean): void => {
        asked.endedAt = now();
        if (underWay.get(key) === all) underWay.delete(key);
        if (!isWell && known.get(key) === asked) known.delete(key);
      };
      answer.then(
        () => ended(true),
        () => ended(false),
      );
    }
  }

  return {
    of: async (connection, tasks, withEdits) => {
      dropOld();
      const missing = tasks.filter((task) => found(connection, task, withEdits) === undefined);
      if (missing.length > 0) look(connection, missing, withEdits);
      const told = await Promise.all(tasks.map(async (task) => found(connection, task, withEdits)?.answer));
      return told.filter((one) => one !== undefined);
    },
    forget: () => known.clear(),
  };
}
