import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import type { SandboxProcess } from '../../../scripts/processes/sandbox-process.ts';
import { talk } from '../talk.ts';

/** What somebody does in the CVAT of a site by hand. */
export interface CvatDesk {
  /** Gives somebody an account. */
  join(username: string): Promise<void>;
  /** The jobs of all tasks, ascending. */
  jobs(): Promise<readonly DeskJob[]>;
  /** The same, once there are so many and each has somebody. @throws Error after half a minute */
  waitForJobs(count: number): Promise<readonly [DeskJob, DeskJob, ...DeskJob[]]>;
  /** Moves a job to a state. */
  move(job: number, state: 'new' | 'in progress' | 'completed' | 'rejected'): Promise<void>;
  /** Gives a job to somebody. */
  give(job: number, username: string): Promise<void>;
  /** Leaves a remark on a frame of a job. */
  remark(job: number, frame: number, message: string): Promise<void>;
}

const person = z.object({ id: z.number(), username: z.string() });
const deskJob = z.object({
  id: z.number(),
  task_id: z.number(),
  state: z.string(),
  start_frame: z.number(),
  assignee: person.nullable(),
});
export type DeskJob = z.output<typeof deskJob>;

/** Sits down at the CVAT of the stand-ins, as its administrator. */
export function openCvatDesk({ cvatUrl, cvatLogin }: SandboxProcess['facts']): CvatDesk {
  const login = Buffer.from(`${cvatLogin.username}:${cvatLogin.password}`).toString('base64');
  const headers = { authorization: `Basic ${login}` };
  const call = async (method: string, path: string, json?: unknown): Promise<unknown> => {
    const answer = await talk(cvatUrl, method, path, { headers, ...(json === undefined ? {} : { json }) });
    if (answer.status >= 400) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer.json;
  };
  const change = async (job: number, part: object): Promise<void> =>
    void (await call('PATCH', `/api/jobs/${job}`, part));
  const jobs = async (): Promise<readonly DeskJob[]> => {
    const { results } = z.object({ results: z.array(deskJob) }).parse(await call('GET', '/api/jobs?page_size=100'));
    return results.toSorted((a, b) => a.id - b.id);
  };
  return {
    join: async (username) => {
      const password = 'a password of somebody';
      const email = `${username}@example.com`;
      await call('POST', '/api/auth/register', { username, email, password1: password, password2: password });
    },
    jobs,
    waitForJobs: async (count) => {
      for (let turn = 0; turn < 150; turn += 1) {
        const [first, second, ...others] = await jobs();
        if (first !== undefined && second !== undefined && others.length + 2 === count) {
          if ([first, second, ...others].every(({ assignee }) => assignee !== null)) return [first, second, ...others];
        }
        await setTimeout(200);
      }
      throw new Error(`there are no ${count} jobs that somebody has`);
    },
    move: async (job, state) => change(job, { state }),
    give: async (job, username) => {
      const found = z.object({ results: z.array(person) }).parse(await call('GET', `/api/users?search=${username}`));
      const assignee = found.results.find((one) => one.username === username)?.id;
      await change(job, { assignee });
    },
    remark: async (job, frame, message) => {
      await call('POST', '/api/issues', { job, frame, message, position: [1, 1, 3, 3] });
    },
  };
}
