import { randomUUID } from 'node:crypto';
import { checkConnection } from '../checks/check-connection.ts';
import { checkStore } from '../checks/check-store.ts';
import { lookAll } from '../checks/look.ts';
import { problemOf } from '../checks/finding.ts';
import type { ClientConfig } from '../config.ts';
import type { Connections } from '../config/connections.ts';
import type { Env } from '../config/variables.ts';
import { storeProbeName } from '../contracts/doctor.ts';
import { connectTemporal } from '../operations/connect.ts';
import { inspectTemporal } from '../operations/inspect-temporal.ts';
import { openStore } from '../storage/open-store.ts';
import { connectionClients } from '../worker/connections.ts';
import { askWorkers, type OurSide } from './ask-workers.ts';
import { inspectConfiguration } from './configuration.ts';
import type { Group } from './group.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { inspectHolds } from './holds.ts';
import { inspectNotices } from './notices.ts';
import { inspectWebhooks } from './webhooks.ts';

/** Time for a look at the store, in milliseconds. */
const STORE_LIMIT_MS = 5000;

export interface InspectionRequest {
  readonly env: Env;
  readonly version: string;
  readonly bundle: string;
  /** Null for all connections. */
  readonly connections: readonly string[] | null;
  /** Null for none. */
  readonly project: string | null;
  /** Registers search attributes that are missing, and the webhook of the project. */
  readonly fix: boolean;
}

/** A part of the inspection; all parts go on at the same time. */
export interface Part {
  readonly name: string;
  readonly groups: Promise<readonly Group[]>;
}

/** Looks at everything that an iteration needs, from here and from a worker; nothing throws. */
export function inspect(request: InspectionRequest): readonly Part[] {
  const { findings, client, connections } = inspectConfiguration(request.env);
  const configuration = { name: 'configuration', groups: Promise.resolve([{ title: 'Configuration', findings }]) };
  const held = client === null ? null : openStore(client.store);
  const here = { name: 'servers', groups: fromHere(connections, held, request) };
  if (client === null) return [configuration, here];
  const probe = randomUUID();
  const store = storeFromHere(client, probe);
  const groups = store.then((seen) => seen.groups);
  const temporal = fromTemporal(client, request, async () => ((await store).isSound ? probe : null));
  const webhooks = { name: 'webhooks', groups: inspectWebhooks(client, connections, request) };
  const notices = { name: 'notices', groups: store.then((seen) => (seen.isSound ? inspectNotices(client) : [])) };
  const asked = temporal.then(async (found) => {
    if ((await store).isSound) await removeProbes(client, probe);
    return found;
  });
  const worker = { name: 'Temporal and worker', groups: asked };
  const holds = { name: 'holds', groups: store.then((seen) => (seen.isSound ? inspectHolds(client, request) : [])) };
  return [configuration, { name: 'store', groups }, holds, worker, here, webhooks, notices];
}

async function storeFromHere(
  config: ClientConfig,
  probe: string,
): Promise<{ readonly isSound: boolean; readonly groups: readonly Group[] }> {
  const findings = await lookAll('the store', STORE_LIMIT_MS, [
    async () => checkStore(openStore(config.store), storeProbeName('here', probe), probe),
  ]);
  const isSound = findings.every(({ level }) => level !== 'problem');
  return { isSound, groups: [{ title: 'Store, from here', findings }] };
}

/** Removes what was written from here, and by a worker that shares the store. A store that fails has been told of. */
async function removeProbes(config: ClientConfig, probe: string): Promise<void> {
  const store = openStore(config.store);
  await lookAll('the store', STORE_LIMIT_MS, [
    async () => {
      for (const side of ['here', 'worker'] as const) await store.removeNamed(storeProbeName(side, probe));
      return [];
    },
  ]);
}

async function fromTemporal(
  { temporal, store }: ClientConfig,
  request: InspectionRequest,
  storeProbe: () => Promise<string | null>,
): Promise<readonly Group[]> {
  try {
    const { client, close } = await connectTemporal(temporal);
    try {
      const findings = await inspectTemporal(client, temporal.address, request.fix);
      const group: Group = { title: 'Temporal', findings, shownTo: 'everybody' };
      // Nobody could answer, and that has been told.
      if (findings.some(({ level }) => level === 'problem')) return [group];
      const ours: OurSide = { ...request, store: openStore(store), storeProbe: await storeProbe() };
      return [group, ...(await askWorkers(client, ours))];
    } finally {
      await close();
    }
  } catch (error) {
    return [{ title: 'Temporal', findings: [problemOf(error)], shownTo: 'everybody' }];
  }
}

async function fromHere(
  connections: Connections,
  store: ArtifactStore | null,
  { connections: asked, project }: InspectionRequest,
): Promise<readonly Group[]> {
  const { names, connect } = connectionClients(connections, {}, store);
  const wanted = names.filter((name) => asked === null || asked.includes(name));
  const servers = await Promise.all(
    wanted.map(async (name) => checkConnection(name, connect(name), project === null ? [] : [project])),
  );
  return servers.flat().map(({ server, connection: name, findings }) => {
    return { title: `${server} ${name}, from here`, findings, shownTo: [name] };
  });
}
