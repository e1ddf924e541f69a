import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PeopleSetting } from '../../src/contracts/comparison.ts';
import { MaskloopError, type Facts } from '../../src/contracts/error.ts';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import { storePolicy } from '../../src/loop-file/policy/stored-policy.ts';
import { messageKey } from '../../src/notify/message.ts';
import { enqueue } from '../../src/notify/outbox/enqueue.ts';
import type { IterationView } from '../../src/operations/describe-iteration.ts';
import type { IterationChange } from '../../src/operations/lists/watch-iterations.ts';
import type { Operations } from '../../src/operations/operations.ts';
import { peopleOfInput } from '../../src/operations/people/people-register.ts';
import { eventHub } from '../../src/server/events/event-hub.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';
import { sampleView } from '../unit/cli/fake-context.ts';
import { openApiSite, type ApiSite } from './api-site.ts';
import { fakeIndex, fakePeople } from './fake-index.ts';
import { iterationInput } from './iteration-input.ts';
import { loopPolicy } from './loop-policy.ts';
import { someMessage } from './notices/message.ts';
import { LOOKS, loopOf, ROWS, SOUTHERN } from './two-connections.ts';

/** Who annotates, who reviews, who gets late jobs, and who has a job in CVAT that nobody of ours gave. */
export const WORKERS = ['carla-annotates', 'remi-reviews', 'lara-is-late', 'sven.sees'] as const;
const [CARLA, REMI, LARA, SVEN] = WORKERS;

/** Names of the connection `south`, of which the principal `north` knows nothing. */
export const SOUTH = ['south', 'Secret-project', 'south/Secret-project/T', SOUTHERN, `${SOUTHERN}/T`] as const;

const NOW = '2026-03-01T08:00:00.000Z';

const FACTS: Facts = {
  from: CARLA,
  nested: [{ reviewer: REMI }, `job 3 of ${SVEN}`],
  holder: 'south/Secret-project/T',
  connection: 'south',
};
const TEXT = `job 3 of ${CARLA}, not ${REMI}'s, is ${LARA}: ${SVEN} has it; the trainer is used by south/Secret-project/T of connection south, and by ${SOUTHERN}/T of connection default`;

/** A failure that names everybody and everything. */
export const telltale = (): MaskloopError => new MaskloopError('NoOpenJobs', TEXT, { facts: FACTS });

/** An input of an iteration on which all of them work. */
function inputOf(tellPeople: PeopleSetting): IterationInput {
  const more = { byMs: 1000, times: 1, people: [LARA], last: 'attention' } as const;
  const { completion, ...input } = iterationInput();
  const review = { reviewers: [REMI], pick: { kind: 'all' } } as const;
  const deadline = { at: NOW, afterMs: null, policy: 'reassign', more } as const;
  return { ...input, tellPeople, people: [CARLA], review, completion: { ...completion, deadline } };
}

/** All that is known of an iteration, with everybody in it. */
function viewOf(id: string): IterationView {
  const view = sampleView({ id });
  if (view.status === null) return view;
  const { code, message, action, facts } = telltale();
  const shares = [CARLA, SVEN].map((username, index) => ({ username, jobs: index + 1, frames: 1 }));
  const more = { byMs: 1000, times: 1, people: [LARA], last: 'attention', left: 1 } as const;
  return {
    ...view,
    activities: [
      {
        name: 'a',
        attempt: 2,
        startedAt: NOW,
        nextAttemptAt: null,
        lastFailure: { code, message, facts },
        heartbeat: TEXT,
      },
    ],
    status: {
      ...view.status,
      id,
      trouble: { code, message, action, facts, since: NOW },
      deadline: { at: NOW, policy: 'reassign', more },
      results: { assignment: { people: shares, others: 0 } },
    },
  };
}

function answering(store: ArtifactStore, tells: PeopleSetting): Partial<Operations> {
  const job = {
    job: 1,
    frames: [0, 1],
    stage: 'annotation',
    state: 'new',
    assignee: SVEN,
    shapes: 0,
    action: 'send',
  } as const;
  return {
    describe: async (id) => viewOf(id),
    receipt: async () => null,
    resolve: async (given) => given ?? 'Own/T',
    models: async () => [],
    pollers: async () => ({ workflow: [], activity: [], lastSeen: null, backlog: null }),
    plan: async () => ({
      project: { name: 'Own', id: 1 },
      task: { name: 'T', id: 1, url: null, frames: 1 },
      dataset: null,
      labels: [],
      frames: null,
      jobs: [{ ...job, reason: TEXT }],
      jobCount: 1,
      holds: null,
      inFlight: { status: 'queued', createdAt: NOW, owner: SVEN },
      troubles: [{ code: 'NoOpenJobs', message: TEXT, action: '', facts: FACTS, cvat: null }],
    }),
    loops: {
      list: async () => [],
      resolve: async () => loopOf('north', 'Own'),
      describe: async (id) => {
        const { phase: _, waitingFor: __, since: ___, number: ____, ...place } = loopOf('north', 'Own');
        const { people, review, completion } = inputOf(tells);
        const changes = { tellPeople: tells, people, completion, ...(review === undefined ? {} : { review }) };
        const policy = await storePolicy(store, loopPolicy({ iteration: { ...loopPolicy().iteration, ...changes } }));
        const status = {
          number: 1,
          phase: 'asking',
          since: NOW,
          startedAt: NOW,
          paused: false,
          iteration: 'Own/T',
          policy,
        };
        const rest = {
          pace: null,
          edited: null,
          end: null,
          begin: null,
          rests: null,
          findings: [],
          events: [],
          choices: [],
        };
        const { code, message, action, facts } = telltale();
        const told = { code, message, action, facts, since: NOW };
        const loop = { id, name: place.name, project: place.project, connection: place.connection };
        const iteration = viewOf('Own/T');
        const known = { ...loop, ...status, ...rest, trouble: told } as never;
        return {
          ...place,
          state: 'running',
          id,
          workerAnswers: true,
          status: known,
          iteration,
          activities: [],
          chosen: [1],
        };
      },
    } as Partial<Operations['loops']> as Operations['loops'],
    schedules: { list: async () => [] } as Partial<Operations['schedules']> as Operations['schedules'],
  };
}

/** Operations each of which fails with everything in its text. */
export function failingOperations(): Partial<Operations> {
  const fail = async (): Promise<never> => {
    throw telltale();
  };
  const all = new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : fail) });
  const known = { loops: all, schedules: all } as Record<string, unknown>;
  return new Proxy({}, { get: (_, name) => known[String(name)] ?? fail, ownKeys: () => [] });
}

export interface TellingSite extends ApiSite {
  /** Has the stream tell of a failure of an iteration. */
  happen(id: string, connection: string): void;
}

/** A server whose iterations are all of one setting, and that meets everybody's name wherever a name may stand. */
export async function openTellingSite(tells: PeopleSetting, failing: boolean): Promise<TellingSite> {
  const folder = await mkdtemp(path.join(tmpdir(), 'maskloop-telling-'));
  const store = createFolderStore(folder);
  const changes: IterationChange[] = [];
  const log = { info: () => undefined, warn: () => undefined };
  const places = ROWS.map((row) => ({ ...row, people: tells === 'names' ? [CARLA] : ['somebody'] }));
  const known = [
    ...places,
    { ...places[0], id: 'south/Secret-project/T', connection: 'south', project: 'Secret-project' },
  ];
  const fail = async (): Promise<never> => {
    throw telltale();
  };
  const operations = failing ? failingOperations() : answering(store, tells);
  const site = await openApiSite(operations, {
    store,
    ...(failing ? { operations: operations as Operations } : {}),
    events: eventHub({ look: async () => changes.splice(0), everyMs: 20, size: 10, log }),
    people: fakePeople(() => ({
      ...peopleOfInput(inputOf(tells)),
      names: [...peopleOfInput(inputOf(tells)).names, SVEN],
    })),
    inspect: failing
      ? fail
      : async () => [{ title: 'CVAT north, from here', findings: [{ level: 'problem', message: TEXT, action: null }] }],
    index: fakeIndex({
      page: async ({ sees }) => ({
        iterations: places.filter((row) => sees(row.connection)),
        next: null,
        truncated: false,
      }),
      running: async (_filter, sees) => places.filter((row) => sees(row.connection)),
      known: async () => known as typeof places,
    }),
    looks: {
      picture: fail,
      material: async (id) => {
        const material = await LOOKS.material(id);
        return { ...material, input: { ...material.input, tellPeople: tells } };
      },
      jobs: failing
        ? fail
        : async (_connection, tasks) =>
            tasks.map((taskId) => ({ taskId, jobs: [], failure: { code: 'NoOpenJobs', message: TEXT } })),
    },
  });
  for (const whom of WORKERS) {
    const key = messageKey({ kind: 'reminder', channel: 'email', whom: [whom], episode: 'x' });
    const subject = `${whom}, Own / T is due`;
    await enqueue(
      site.store,
      someMessage({ kind: 'reminder', channel: 'email', whom: [whom], key, subject, values: { id: 'Own/T' } }),
    );
  }
  return {
    ...site,
    close: async () => {
      await site.close();
      await rm(folder, { recursive: true });
    },
    happen: (id, connection) => {
      const { code, message } = telltale();
      changes.push({ what: 'failing', id, connection, row: null, failure: { code, message, attempt: 3 } });
    },
  };
}
