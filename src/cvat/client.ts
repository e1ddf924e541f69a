import { createHttp } from '../http/undici-http.ts';
import { annotationMethods } from './annotations.ts';
import { archiveMethods } from './archive-upload.ts';
import { CVAT_HTTP_FAILURES } from './api.ts';
import type { WaitPace } from './background-request.ts';
import type { CvatCredentials } from './credentials.ts';
import type { Cvat } from './cvat.ts';
import { exportMethods } from './exports.ts';
import { importMethods } from './imports.ts';
import { issueMethods } from './issues.ts';
import { jobMethods } from './jobs.ts';
import { withLogin } from './login.ts';
import { peopleMethods } from './people.ts';
import { projectMethods } from './projects.ts';
import { requestMethods } from './requests.ts';
import { serverMethods } from './server.ts';
import { shareMethods } from './share.ts';
import { taskDataMethods } from './task-data.ts';
import { taskMethods } from './tasks.ts';
import { webhookMethods } from './webhooks.ts';

export interface CvatOptions {
  /** `http(s)://host[:port][/path]` as this process reaches CVAT. */
  readonly url: string;
  /** As people reach it; the same if not given. */
  readonly publicUrl?: string;
  /** Slug of the organization to work in. Without one, reads see all that the user may see, and creations land in the personal space. */
  readonly organization?: string | null;
  /** Read at the first request, and again when a login is refused. */
  readonly credentials: () => Promise<CvatCredentials>;
  /** Further headers of every request, for a gateway before CVAT; asked for each time. */
  readonly headers?: () => Readonly<Record<string, string>>;
  /** Passed before each request; what it throws keeps the request from being sent. */
  readonly gate?: () => Promise<void>;
  /** For a CVAT whose background jobs are quicker than those of real ones. */
  readonly pace?: WaitPace;
}

/**
 * A client of CVAT's REST API, made for 2.54 to 2.73. Errors are `MaskloopError`s: `CvatUnreachable`, `CvatLoginRefused`,
 * `CvatForbidden`, `CvatRejected`, `CvatUnexpectedAnswer`, and what the methods name.
 */
export function createCvat(options: CvatOptions): Cvat {
  const headers = {
    // Version 2.54 refuses plain application/json.
    accept: 'application/vnd.cvat+json; version=2.0',
    // An empty header would mean the personal space alone.
    ...(options.organization ? { 'x-organization': options.organization } : {}),
  };
  const plain = createHttp({
    baseUrl: options.url,
    failures: CVAT_HTTP_FAILURES,
    headers: async () => {
      await options.gate?.();
      return { ...options.headers?.(), ...headers };
    },
  });
  const publicUrl = (options.publicUrl ?? options.url).replace(/\/+$/, '');
  const { http, isRefused } = withLogin(plain, options.credentials, options.headers);
  return {
    taskUrl: (taskId) => `${publicUrl}/tasks/${taskId}`,
    url: plain.baseUrl,
    organization: options.organization || null,
    ...serverMethods({ plain, http, isRefused, credentials: options.credentials }),
    async clock(signal) {
      const answer = await http.send({ method: 'GET', path: '/api/server/about', signal });
      const told = Date.parse(answer.headers['date'] ?? '');
      return Number.isNaN(told) ? Date.now() : told;
    },
    ...projectMethods(http),
    ...peopleMethods(http, options.organization || null),
    ...taskMethods(http),
    ...taskDataMethods(http),
    ...archiveMethods(http),
    ...shareMethods(http),
    ...annotationMethods(http),
    ...jobMethods(http),
    ...issueMethods(http),
    ...importMethods(http),
    ...exportMethods(http),
    ...requestMethods(http, options.pace),
    ...webhookMethods(http),
  };
}
