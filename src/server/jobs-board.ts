import { z } from 'zod';
import type { IterationOfJobs } from '../api/schemas/job.ts';
import { isMaskloopError, type MaskloopError } from '../contracts/error.ts';
import type { FailureCode } from '../contracts/failures.ts';
import { waitMemoryName } from '../contracts/ids.ts';
import { isOnlyObserved } from '../contracts/only-observed.ts';
import type { JobSeen, TaskJobs } from '../contracts/look.ts';
import type { Ranges } from '../contracts/ranges.ts';
import { forecastOf } from '../jobs/forecast.ts';
import { jobRows, type JobRow } from '../jobs/job-row.ts';
import type { Looks } from '../operations/looks/looks.ts';
import type { Material } from '../operations/looks/material.ts';
import { eachAtOnce } from '../storage/each-at-once.ts';
import type { PeopleRegister } from '../operations/people/people-register.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { createJobsAnswers, type TaskAsked } from './jobs-answers.ts';

const memory = z.object({ reopened: z.array(z.tuple([z.int(), z.int()])) });

/** An iteration and its jobs. */
export interface BoardEntry {
  readonly iteration: IterationOfJobs;
  readonly rows: readonly JobRow[];
  /** The same jobs with the names that CVAT has, for those who may give them to others; never to be shown. */
  readonly seen: readonly JobSeen[];
}

interface BoardParts {
  readonly looks: Looks;
  readonly store: Pick<ArtifactStore, 'getNamed'>;
  /** Is told who has jobs. */
  readonly people: Pick<PeopleRegister, 'saw'>;
}

/** Jobs of iterations as CVAT has them. */
export interface JobsBoard {
  /**
   * In the order of the ids; those that have ended meanwhile are left out, and of several those of which nothing is told say why.
   *
   * @throws MaskloopError as `Looks`
   */
  read(ids: readonly string[], options: { readonly withEdits: boolean }): Promise<readonly BoardEntry[]>;
  /** What was told so far counts no more: jobs have just been changed from here. */
  forget(): void;
}

/** Asks for the jobs of a connection together, and tells many pages the same for some seconds. @param now milliseconds since 1970 */
export function createJobsBoard({ looks, store, people }: BoardParts, now: () => number = Date.now): JobsBoard {
  const answers = createJobsAnswers(looks, now);

  async function tasksOf(materials: readonly Material[], withEdits: boolean): Promise<ReadonlyMap<string, TaskJobs>> {
    const found = new Map<string, TaskJobs>();
    const connections = [...new Set(materials.map(({ place }) => place.connection))];
    const ask = async (connection: string): Promise<void> => {
      const ofOne = materials.filter(({ place }) => place.connection === connection);
      const tasks = tasksAsked(ofOne);
      const failed = (error: unknown): readonly TaskJobs[] => {
        // Other connections are told of all the same; a lone one fails as such.
        if (!isMaskloopError(error) || materials.length === ofOne.length) throw error;
        return tasks.map(({ taskId }) => ({ taskId, jobs: [], failure: wordsOf(error) }));
      };
      const answer = tasks.length === 0 ? [] : await answers.of(connection, tasks, withEdits).catch(failed);
      for (const one of answer) found.set(`${connection} ${one.taskId}`, one);
    };
    await Promise.all(connections.map(ask));
    return found;
  }

  return {
    forget: () => answers.forget(),
    read: async (ids, { withEdits }) => {
      const found = new Map<string, Material | BoardEntry>();
      await eachAtOnce(ids, undefined, async (id) => {
        const reading = looks.material(id);
        // Whoever asks for one is told why there is nothing; among many it is named, or left out where it has ended.
        const one = await (ids.length === 1 ? reading : reading.catch((error: unknown) => unknownEntry(id, error)));
        if (one !== null) found.set(id, one);
      });
      const all = ids.flatMap((id) => found.get(id) ?? []);
      const tasks = await tasksOf(all.filter(isMaterial), withEdits);
      return Promise.all(
        all.map(async (one) => {
          if (!isMaterial(one)) return one;
          const { place, results, id } = one;
          const told = tasks.get(`${place.connection} ${results.task?.taskId}`) ?? null;
          people.saw(
            id,
            (told?.jobs ?? []).map(({ person }) => person),
          );
          return entryOf(one, told, { reopened: await reopenedJobs(store, id), nowMs: now() });
        }),
      );
    },
  };
}

/** The tasks of iterations, ascending; several iterations may share one. */
function tasksAsked(materials: readonly Material[]): readonly TaskAsked[] {
  const standings = new Map<number, string>();
  for (const { results, view } of materials) {
    if (results.task === undefined) continue;
    const { taskId } = results.task;
    standings.set(taskId, `${standings.get(taskId) ?? ''}${view.status?.step} ${view.status?.since} `);
  }
  return [...standings].map(([taskId, standing]) => ({ taskId, standing })).toSorted((a, b) => a.taskId - b.taskId);
}

const isMaterial = (one: Material | BoardEntry): one is Material => 'place' in one;

/** What keeps all of them from being told, and not this one alone. */
const OF_ALL: readonly FailureCode[] = ['TemporalUnreachable', 'StoreUnreachable'];

/** An iteration of which nothing is known but why; null where it has ended meanwhile. Whether it names people is not known either. */
function unknownEntry(id: string, error: unknown): BoardEntry | null {
  if (isMaskloopError(error, 'IterationNotFound')) return null;
  if (!isMaskloopError(error) || OF_ALL.includes(error.code)) throw error;
  const unknown = { taskUrl: null, people: 'none', isOnlyObserved: false, deadline: null } as const;
  const nothing = { ...unknown, forecast: null, openIssues: null };
  return { iteration: { id, ...nothing, failure: wordsOf(error) }, rows: [], seen: [] };
}

function wordsOf({ code, message }: MaskloopError): { readonly code: string; readonly message: string } {
  return { code, message };
}

function entryOf(
  { id, input, results, view }: Material,
  told: TaskJobs | null,
  { reopened, nowMs }: { readonly reopened: Ranges; readonly nowMs: number },
): BoardEntry {
  const taskUrl = results.task?.url ?? null;
  const deadline = view.status?.deadline?.at ?? null;
  const { tellPeople: people, completion } = input;
  const about = { id, taskUrl: taskUrl ?? '', people, rule: completion.rule, deadline, reopened };
  const seen = told?.jobs ?? [];
  const rows = jobRows(seen, about, nowMs);
  const issues = seen.map(({ openIssues }) => openIssues).filter((count) => count !== null);
  const isWaiting = view.state === 'running' && view.status?.step === 'wait' && told?.failure === null;
  const iteration: IterationOfJobs = {
    id,
    taskUrl,
    people,
    isOnlyObserved: isOnlyObserved(input),
    deadline,
    forecast: isWaiting ? forecastOf(rows, beganAt(view), nowMs) : null,
    openIssues: issues.length === 0 ? null : issues.reduce((sum, count) => sum + count, 0),
    failure: told?.failure ?? null,
  };
  return { iteration, rows, seen };
}

/** Since when people can work: since the steps before are done. */
function beganAt({ status, startedAt }: Material['view']): string {
  return status?.steps.at(-1)?.endedAt ?? startedAt;
}

async function reopenedJobs(store: Pick<ArtifactStore, 'getNamed'>, id: string): Promise<Ranges> {
  const bytes = await store.getNamed(waitMemoryName(id));
  if (bytes === null) return [];
  return memory.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data?.reopened ?? [];
}
