import { z } from 'zod';
import type { IterationOfJobs } from '../api/schemas/job.ts';
import { isMaskloopError } from '../contracts/error.ts';
import { waitMemoryName } from '../contracts/ids.ts';
import type { JobSeen, TaskJobs } from '../contracts/look.ts';
import type { Ranges } from '../contracts/ranges.ts';
import { forecastOf } from '../jobs/forecast.ts';
import { jobRows, type JobRow } from '../jobs/job-row.ts';
import type { Looks } from '../operations/looks/looks.ts';
import type { Material } from '../operations/looks/material.ts';
import { eachAtOnce } from '../storage/each-at-once.ts';
import type { ArtifactStore } from '../storage/store.ts';

/** What pages look at together counts so long, in milliseconds: CVAT is not asked for each of them. */
const FRESH_MS = 10_000;

const memory = z.object({ reopened: z.array(z.tuple([z.int(), z.int()])) });

/** An iteration and its jobs. */
export interface BoardEntry {
  readonly iteration: IterationOfJobs;
  readonly rows: readonly JobRow[];
  /** The same jobs with the names that CVAT has, for those who may give them to others; never to be shown. */
  readonly seen: readonly JobSeen[];
}

/** Jobs of iterations as CVAT has them. */
export interface JobsBoard {
  /** In the order of the ids; those that have ended or been forgotten meanwhile are left out. @throws MaskloopError as `Looks` */
  read(ids: readonly string[], options: { readonly withEdits: boolean }): Promise<readonly BoardEntry[]>;
  /** What was told so far counts no more: jobs have just been changed from here. */
  forget(): void;
}

/** Asks for the jobs of a connection together, and tells many pages the same for some seconds. */
export function createJobsBoard(
  { looks, store }: { readonly looks: Looks; readonly store: Pick<ArtifactStore, 'getNamed'> },
  now: () => number = Date.now,
): JobsBoard {
  const known = new Map<string, { readonly at: number; readonly answer: Promise<readonly TaskJobs[]> }>();

  function jobsOf(connection: string, tasks: readonly number[], withEdits: boolean): Promise<readonly TaskJobs[]> {
    for (const [key, { at }] of known) if (now() - at > FRESH_MS) known.delete(key);
    const key = JSON.stringify([connection, withEdits, tasks]);
    const answer = known.get(key)?.answer ?? looks.jobs(connection, tasks, { withEdits });
    if (!known.has(key)) known.set(key, { at: now(), answer });
    answer.catch(() => known.delete(key));
    return answer;
  }

  async function tasksOf(materials: readonly Material[], withEdits: boolean): Promise<ReadonlyMap<string, TaskJobs>> {
    const found = new Map<string, TaskJobs>();
    for (const connection of new Set(materials.map(({ place }) => place.connection))) {
      const ofOne = materials.filter(({ place }) => place.connection === connection);
      const tasks = [...new Set(ofOne.flatMap(({ results }) => results.task?.taskId ?? []))].toSorted((a, b) => a - b);
      const failed = (error: unknown): readonly TaskJobs[] => {
        // Other connections are told of all the same; a lone one fails as such.
        if (!isMaskloopError(error) || materials.length === ofOne.length) throw error;
        const failure = { code: error.code, message: error.message };
        return tasks.map((taskId) => ({ taskId, jobs: [], failure }));
      };
      const answer = tasks.length === 0 ? [] : await jobsOf(connection, tasks, withEdits).catch(failed);
      for (const one of answer) found.set(`${connection} ${one.taskId}`, one);
    }
    return found;
  }

  return {
    forget: () => known.clear(),
    read: async (ids, { withEdits }) => {
      const materials = new Map<string, Material>();
      await eachAtOnce(ids, undefined, async (id) => {
        const reading = looks.material(id);
        // Whoever asks for one is told why there is nothing; among many it is left out.
        const material = await (ids.length === 1 ? reading : reading.catch(nullIfSilent));
        if (material !== null) materials.set(id, material);
      });
      const all = ids.flatMap((id) => materials.get(id) ?? []);
      const tasks = await tasksOf(all, withEdits);
      return Promise.all(
        all.map(async (material) => {
          const { place, results, id } = material;
          const told = tasks.get(`${place.connection} ${results.task?.taskId}`) ?? null;
          return entryOf(material, told, { reopened: await reopenedJobs(store, id), nowMs: now() });
        }),
      );
    },
  };
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

/** It has ended meanwhile, or no worker tells of it. */
function nullIfSilent(error: unknown): null {
  if (isMaskloopError(error, 'IterationNotFound') || isMaskloopError(error, 'WorkerSilent')) return null;
  throw error;
}
