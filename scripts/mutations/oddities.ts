import { CVAT_ACCOUNTS } from './cvat-accounts.ts';
import { CVAT_ANNOTATIONS } from './cvat-annotations.ts';
import { CVAT_EVENTS } from './cvat-events.ts';
import { CVAT_EXPORTS } from './cvat-exports.ts';
import { CVAT_FRAMES } from './cvat-frames.ts';
import { CVAT_IMPORTS } from './cvat-imports.ts';
import { CVAT_ISSUES } from './cvat-issues.ts';
import { CVAT_JOBS } from './cvat-jobs.ts';
import { CVAT_PROTOCOL } from './cvat-protocol.ts';
import { CVAT_PROJECTS } from './cvat-projects.ts';
import { CVAT_REQUESTS } from './cvat-requests.ts';
import { CVAT_UPLOADS } from './cvat-uploads.ts';
import { CVAT_WEBHOOKS } from './cvat-webhooks.ts';
import { MONAI_DATASTORE } from './monai-datastore.ts';
import { MONAI_SERVER } from './monai-server.ts';
import { MONAI_TASKS } from './monai-tasks.ts';
import type { Mutation } from './mutation.ts';

/** The oddities of one stand-in, and where all of its tests lie. */
export interface Oddities {
  readonly mutations: readonly Mutation[];
  /** Files and folders from the root of the repository; asked where the suites of a mutation notice nothing. */
  readonly tests: readonly string[];
}

/** All oddities that are known to be played. */
export const ODDITIES: readonly Oddities[] = [
  {
    mutations: [
      ...CVAT_PROTOCOL,
      ...CVAT_ACCOUNTS,
      ...CVAT_PROJECTS,
      ...CVAT_FRAMES,
      ...CVAT_UPLOADS,
      ...CVAT_IMPORTS,
      ...CVAT_ANNOTATIONS,
      ...CVAT_REQUESTS,
      ...CVAT_JOBS,
      ...CVAT_ISSUES,
      ...CVAT_EXPORTS,
      ...CVAT_WEBHOOKS,
      ...CVAT_EVENTS,
    ],
    tests: ['test/contract/cvat-', 'test/unit/sandbox/cvat/', 'test/unit/sandbox/annotator/', 'test/recordings/replay'],
  },
  {
    mutations: [...MONAI_SERVER, ...MONAI_DATASTORE, ...MONAI_TASKS],
    tests: ['test/contract/monai-', 'test/unit/sandbox/monai/'],
  },
];
