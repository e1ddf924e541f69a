import { MaskloopError } from '../../src/contracts/error.ts';
import { isFailureCode } from '../../src/contracts/failures.ts';
import type { IterationResults } from '../../src/contracts/iteration.ts';
import type { JobsRequest, PictureRequest } from '../../src/contracts/look.ts';
import type { Looks } from '../../src/operations/looks/looks.ts';
import { sampleView } from '../unit/cli/fake-context.ts';
import { openActivitySite, type ActivitySite } from './activity-site.ts';
import { openApiSite, TOKENS, type ApiSite } from './api-site.ts';
import { recordIteration } from './recorded-iteration.ts';

const ID = 'SurgVU/Iteration_1';

/** An iteration that is through, and a server that shows it. */
export interface GallerySite {
  readonly activities: ActivitySite;
  readonly api: ApiSite;
  readonly results: IterationResults;
  /** Below which the iteration is. */
  readonly at: string;
  /** Takes what the iteration has done for this, until it is called again; all of it if left out. */
  show(results?: IterationResults): void;
  look(request: PictureRequest | JobsRequest): Promise<Uint8Array>;
  /** The answer to a viewer. @throws Error for any refusal */
  get<T>(path: string): Promise<T>;
  close(): Promise<void>;
}

/** What a failure of an activity comes to where it has come through Temporal. */
function inOurWords(error: unknown): never {
  const { type, message } = error as { readonly type?: string; readonly message: string };
  throw isFailureCode(type) ? new MaskloopError(type, message) : error;
}

/** Makes one, without Temporal between server and worker. */
export async function openGallerySite(): Promise<GallerySite> {
  const activities = await openActivitySite();
  const results = await recordIteration(activities);
  let shown = results;
  const look = async (request: PictureRequest | JobsRequest): Promise<Uint8Array> => {
    const { name } = await activities.run('look', request).catch(inOurWords);
    const bytes = await activities.store.getNamed(name);
    await activities.store.removeNamed(name);
    if (bytes === null) throw new Error('no answer');
    return bytes;
  };
  const place = { connection: 'default', project: 'SurgVU', task: 'Iteration_1' };
  const looks: Looks = {
    material: async (id) => ({ id, place, input: activities.input, results: shown, view: sampleView({ id }) }),
    picture: async (request) => look({ kind: 'picture', ...request }),
    jobs: async (connection, tasks, options) => {
      const bytes = await look({ kind: 'jobs', connection, tasks, ...options });
      return JSON.parse(Buffer.from(bytes).toString('utf8')) as never;
    },
  };
  const api = await openApiSite({}, { store: activities.store, looks });
  const at = `/api/v1/iterations/${encodeURIComponent(ID)}`;
  return {
    activities,
    api,
    results,
    at,
    look,
    show: (wanted = results) => {
      shown = wanted;
    },
    get: async <T>(path: string) => {
      const { status, json, text } = await api.ask(TOKENS.viewer, 'GET', at + path);
      if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
      return json as T;
    },
    close: async () => {
      await api.close();
      await activities.close();
    },
  };
}
