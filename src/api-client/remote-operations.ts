import * as frames from '../api/endpoints/frames.ts';
import * as iterations from '../api/endpoints/iterations.ts';
import * as models from '../api/endpoints/models.ts';
import * as starting from '../api/endpoints/starting.ts';
import * as steering from '../api/endpoints/steering.ts';
import * as system from '../api/endpoints/system.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { IterationRow } from '../operations/list-iterations.ts';
import type { ListPage } from '../operations/lists/iteration-index.ts';
import type { Operations } from '../operations/operations.ts';
import type { ApiClient } from './api-client.ts';
import { remoteLoops } from './remote-loops.ts';
import { remoteSchedules } from './remote-schedules.ts';

/** Lines that are asked for at once. */
const PAGE = 1000;

/** The operations of a server, for the same commands. Whom receipts name is the server's to say. */
export function remoteOperations(client: ApiClient): Operations {
  return {
    start: ({ input, again }) => client.ask(starting.startIteration, { body: { input, again } }),
    plan: (input) => client.ask(starting.planIteration, { body: { input } }),
    projectCategories: ({ connection, project }) =>
      client.ask(starting.projectCategories, { query: { connection, project } }),
    list: () => listAll(client),
    resolve: async (given, among) => {
      const query = { among, ...(given === undefined ? {} : { given }) };
      return (await client.ask(iterations.resolveIteration, { query })).id;
    },
    describe: (id) => client.ask(iterations.describeIteration, { params: { id } }),
    receipt: async (id) => (await client.ask(iterations.readReceipt, { params: { id } })).receipt,
    pollers: () => client.ask(system.readWorkers, {}),
    restore: ({ id, number, overwrite }) =>
      client.ask(frames.restoreBackup, { params: { id }, body: { number, overwrite } }),
    exclude: ({ by: _, ...body }) => client.ask(frames.excludeFrames, { body: body }),
    forget: ({ by: _, ...body }) => client.ask(frames.forgetFrames, { body: body }),
    models: async ({ connection, model }) => {
      const query = { ...(connection === null ? {} : { connection }), ...(model === null ? {} : { model }) };
      return (await client.ask(models.listModels, { query })).models;
    },
    publishModel: ({ connection, model, checksum, note = '' }) =>
      client.ask(models.publishModel, { body: { connection, model, checksum, ...(note === '' ? {} : { note }) } }),
    steer: ({ id, what }) => client.tell(steering.steering(what), { params: { id } }),
    approve: ({ id, carry }) => client.tell(steering.approve, { params: { id }, body: { carry } }),
    decline: ({ id }) => client.tell(steering.decline, { params: { id } }),
    extend: ({ id, until, byMs }) => client.ask(steering.extend, { params: { id }, body: { until, byMs } }),
    reassign: ({ id, from, to, job }) => client.ask(steering.reassign, { params: { id }, body: { from, to, job } }),
    schedules: remoteSchedules(client),
    loops: remoteLoops(client),
  };
}

/** Running ones by id, then finished ones, the newest first: as without a server. */
async function listAll(client: ApiClient): Promise<readonly IterationRow[]> {
  const rows: IterationRow[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const query: { readonly limit: number; readonly cursor?: string } = {
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    };
    const page: ListPage = await client.ask(iterations.listIterations, { query });
    if (page.away !== undefined) {
      throw new MaskloopError('TemporalUnreachable', 'The server cannot ask Temporal what runs.');
    }
    rows.push(...page.iterations.map(({ attention: _, deadline: __, people: ___, ...row }) => row));
    cursor = page.next;
  }
  const running = rows.filter(({ state }) => state === 'running').toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const finished = rows.filter(({ state }) => state === 'done').toSorted((a, b) => b.since.localeCompare(a.since));
  return [...running, ...finished];
}
