import type { NoticeOptions } from '../../src/contracts/notice.ts';
import { openActivitySite, prepareImport, type ActivitySite, type SiteOptions } from './activity-site.ts';
import { draw } from './annotate.ts';
import type { CompletionRef, TaskRef } from '../../src/contracts/refs.ts';
import type { WaitTerms } from '../../src/contracts/waiting.ts';
import type { Job } from '../../src/cvat/cvat.ts';
import type { CvatVersion } from '../../src/sandbox/cvat/state/version.ts';
import { addUser } from '../../src/sandbox/cvat/state/users.ts';

/** A task of several jobs that people work on, on a stand-in of one version. */
export interface PeopleSite extends ActivitySite {
  readonly task: TaskRef;
  /** Ids of its jobs, ascending. */
  readonly jobs: readonly number[];
  job(index: number): Promise<Job>;
  /** Id of a person, who gets an account at the first mention. */
  person(name: string): number;
  /** What a poll comes to: its end, or the code and message of its failure. */
  poll(
    terms?: Partial<WaitTerms>,
    notices?: NoticeOptions,
  ): Promise<CompletionRef | { readonly code: string; readonly message: string }>;
}

const TERMS: WaitTerms = {
  deadline: null,
  policy: 'attention',
  approved: [],
  review: null,
  importedShapes: 0,
  labelTable: null,
};

/** Opens a site with a task of four frames in jobs of two, into which something has been drawn. */
export async function openPeopleSite(version: CvatVersion, options: SiteOptions = {}): Promise<PeopleSite> {
  const site = await openActivitySite({ ...options, sandbox: { version } });
  const { task, dataset } = await prepareImport(site);
  const { table } = await site.run('matchLabels', { task, dataset });
  await draw(site, task);
  const jobs = (await site.cvat.jobs(task.taskId)).map(({ id }) => id);
  const users = new Map<string, number>();
  return {
    ...site,
    task,
    jobs,
    job: async (index) => site.cvat.job(jobs[index] ?? 0),
    person(name) {
      const id = users.get(name) ?? addUser(site.sandbox.state, { username: name, password: 'maskloop' }).id;
      users.set(name, id);
      return id;
    },
    async poll(terms = {}, notices) {
      try {
        const input = notices === undefined ? site.input : { ...site.input, notices };
        return await site.run('checkCompletion', { input, task, terms: { ...TERMS, labelTable: table, ...terms } });
      } catch (error) {
        const { type, message } = error as { type: string; message: string };
        return { code: type, message };
      }
    },
  };
}
