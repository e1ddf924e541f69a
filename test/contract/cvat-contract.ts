import { afterAll, beforeAll, describe } from '@jest/globals';
import { annotationCases } from './cvat/annotations.ts';
import { completionCases } from './cvat/completion.ts';
import { handOverCases } from './cvat/hand-over.ts';
import { importCases } from './cvat/imports.ts';
import { importFailureCases } from './cvat/import-failures.ts';
import { frameNameCases } from './cvat/frame-names.ts';
import { jobCases } from './cvat/jobs.ts';
import { loginCases } from './cvat/login.ts';
import { nativeAnnotationCases } from './cvat/native-annotations.ts';
import { organizationCases } from './cvat/organizations.ts';
import { projectCases } from './cvat/projects.ts';
import { requestCases } from './cvat/requests.ts';
import { sealCases } from './cvat/seals.ts';
import { serverCases } from './cvat/server.ts';
import { taskDataCases } from './cvat/task-data.ts';
import { taskCases } from './cvat/tasks.ts';
import { uploadCases } from './cvat/uploads.ts';
import { webhookCases } from './cvat/webhooks.ts';
import type { CvatTraits, Cases } from './kit/cases.ts';
import { openDesk, type CvatServer, type Desk } from './kit/cvat-desk.ts';

/**
 * What maskloop relies on in CVAT, one test each: every method of the client, and every oddity that the client is built
 * around. Works in an organization of its own, which is removed in the end.
 */
export function cvatContract(name: string, open: () => Promise<CvatServer>, traits: CvatTraits): void {
  describe(`CVAT: ${name}`, () => {
    let server: CvatServer | undefined;
    let desk: Desk | undefined;
    beforeAll(async () => {
      server = await open();
      desk = await openDesk(server);
    });
    afterAll(async () => {
      try {
        await desk?.close();
      } finally {
        await server?.close();
      }
    });
    const at = (): Desk => {
      if (desk === undefined) throw new Error('CVAT was not opened');
      return desk;
    };
    const all: Readonly<Record<string, Cases>> = {
      'logging in': loginCases,
      'the server itself': serverCases,
      organizations: organizationCases,
      projects: projectCases,
      tasks: taskCases,
      'frames of a task': taskDataCases,
      imports: importCases,
      'failing imports': importFailureCases,
      'names of frames': frameNameCases,
      requests: requestCases,
      uploads: uploadCases,
      jobs: jobCases,
      'native annotations': nativeAnnotationCases,
      annotations: annotationCases,
      webhooks: webhookCases,
      'the completion of a task': completionCases,
      'seals of labels': sealCases,
      // Last: a colleague joins the organization.
      'the hand-over of jobs': handOverCases,
    };
    for (const [what, cases] of Object.entries(all)) {
      describe(`in ${what}`, () => {
        cases(at, traits);
      });
    }
  });
}
