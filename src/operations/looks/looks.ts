import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { isMaskloopError } from '../../contracts/error.ts';
import type { PictureRequest, TaskJobs } from '../../contracts/look.ts';
import { MOST_TASKS } from '../../contracts/look.ts';
import type { ReceiptStore } from '../../receipts/read-receipt.ts';
import { lookOnWorker, type AnswerStore } from './look-on-worker.ts';
import { readMaterial, type Material } from './material.ts';

/** What pages show beyond what an iteration says of itself. */
export interface Looks {
  /** See {@link readMaterial}. */
  material(id: string): Promise<Material>;
  /** The picture of a frame, by a worker. @throws MaskloopError `FrameUnknown`, `PictureRefused`, `BrokenImage`; see {@link lookOnWorker} */
  picture(request: Omit<PictureRequest, 'kind'>): Promise<Uint8Array>;
  /** Annotation jobs of tasks of a connection, by a worker. @throws MaskloopError as {@link lookOnWorker} */
  jobs(
    connection: string,
    tasks: readonly number[],
    options: { readonly withEdits: boolean },
  ): Promise<readonly TaskJobs[]>;
}

const taskJobs: z.ZodType<readonly TaskJobs[]> = z.array(
  z.object({
    taskId: z.number(),
    jobs: z.array(
      z.object({
        job: z.number(),
        person: z.string().nullable(),
        stage: z.enum(['annotation', 'validation', 'acceptance']),
        state: z.enum(['new', 'in progress', 'completed', 'rejected']),
        frames: z.tuple([z.number(), z.number()]),
        updatedAt: z.string(),
        openIssues: z.number().nullable(),
        isUntouched: z.boolean().nullable(),
      }),
    ),
    failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  }),
);

/** Binds them to one namespace of Temporal and one store. */
export function createLooks(where: {
  readonly client: Client;
  readonly store: ReceiptStore & AnswerStore;
  readonly patienceMs?: number;
}): Looks {
  return {
    material: (id) => readMaterial(where, id),
    picture: (request) => lookOnWorker(where, { kind: 'picture', ...request }, `the frame "${request.name}"`),
    jobs: async (connection, tasks, { withEdits }) => {
      const found: TaskJobs[] = [];
      for (let from = 0; from < tasks.length; from += MOST_TASKS) {
        const some = tasks.slice(from, from + MOST_TASKS);
        const request = { kind: 'jobs', connection, tasks: some, withEdits } as const;
        const look = lookOnWorker(where, request, `the jobs of connection ${connection}`);
        found.push(...(await look.then(parseJobs, slowOnes(some))));
      }
      return found;
    },
  };
}

function parseJobs(answer: Uint8Array): readonly TaskJobs[] {
  return taskJobs.parse(JSON.parse(Buffer.from(answer).toString('utf8')));
}

/** A worker that gets nothing together in time has not seen these; the others are told all the same. */
function slowOnes(tasks: readonly number[]): (error: unknown) => readonly TaskJobs[] {
  return (error) => {
    if (!isMaskloopError(error, 'AnswerTooSlow')) throw error;
    const failure = { code: error.code, message: error.message };
    return tasks.map((taskId) => ({ taskId, jobs: [], failure }));
  };
}
