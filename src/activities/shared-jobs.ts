import type { Cvat, Job } from '../cvat/cvat.ts';

/** Rows that one request of a list brings. */
const PAGE = 100;

/** A task whose jobs were not asked for in this time is no longer waited for, in milliseconds. */
const FORGET_MS = 15 * 60_000;

/** What a poll asks for. Times are in milliseconds. */
export interface JobsWanted {
  /** Name of the connection that `cvat` belongs to. */
  readonly connection: string;
  readonly cvat: Cvat;
  readonly projectId: number;
  readonly taskId: number;
  /** A list that is older is read again. */
  readonly maxAgeMs: number;
}

/** Jobs as they were `ageMs` ago, oldest job first. */
export interface JobsKnown {
  readonly jobs: readonly Job[];
  readonly ageMs: number;
}

/** The lists of annotation jobs that the polls of one worker share. */
export interface SharedJobs {
  /** The task is waited for from now on. */
  enrol(wanted: Pick<JobsWanted, 'connection' | 'projectId' | 'taskId'>): void;
  /** The jobs of a task out of the list of its project; null where a list of its own is cheaper. */
  read(wanted: JobsWanted): Promise<JobsKnown | null>;
}

interface ProjectList {
  /** When each task was asked for last. */
  readonly waiting: Map<number, number>;
  /** Requests that the last list took. */
  pages: number;
  readAt: number;
  jobs: Promise<readonly Job[]> | null;
}

/**
 * One list call serves all waiting iterations of a project: where several wait, and the list of all jobs of the project
 * takes fewer requests than a list for each of them. It is shared by polls only: whoever was woken reads for themselves.
 *
 * @param now milliseconds since any moment
 */
export function createSharedJobs(now: () => number = () => performance.now()): SharedJobs {
  const projects = new Map<string, ProjectList>();

  function enrol({
    connection,
    projectId,
    taskId,
  }: Pick<JobsWanted, 'connection' | 'projectId' | 'taskId'>): ProjectList {
    const key = `${projectId} ${connection}`;
    const list = projects.get(key) ?? { waiting: new Map<number, number>(), pages: 1, readAt: 0, jobs: null };
    projects.set(key, list);
    list.waiting.set(taskId, now());
    for (const [task, askedAt] of list.waiting) if (now() - askedAt > FORGET_MS) list.waiting.delete(task);
    for (const [other, { waiting }] of projects) {
      if (Math.max(...waiting.values()) < now() - FORGET_MS) projects.delete(other);
    }
    return list;
  }

  function begin(list: ProjectList, { cvat, projectId }: JobsWanted): Promise<readonly Job[]> {
    list.readAt = now();
    const reading = cvat.projectJobs(projectId, { type: 'annotation' });
    list.jobs = reading;
    void take(list, reading);
    return reading;
  }

  async function take(list: ProjectList, reading: Promise<readonly Job[]>): Promise<void> {
    try {
      list.pages = Math.max(1, Math.ceil((await reading).length / PAGE));
    } catch {
      // Everybody who waited for it hears of it; the next one asks anew.
      if (list.jobs === reading) list.jobs = null;
    }
  }

  return {
    enrol: (wanted) => void enrol(wanted),

    async read(wanted) {
      const list = enrol(wanted);
      if (list.waiting.size < 2 || list.pages > list.waiting.size) return null;
      const isFresh = list.jobs !== null && now() - list.readAt <= wanted.maxAgeMs;
      const jobs = await (isFresh && list.jobs !== null ? list.jobs : begin(list, wanted));
      return { jobs: jobs.filter(({ taskId }) => taskId === wanted.taskId), ageMs: now() - list.readAt };
    },
  };
}
