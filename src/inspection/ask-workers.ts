import type { Client } from '@temporalio/client';
import { holdsProbe } from '../checks/check-store.ts';
import { fine, problem, problemOf, warning } from '../checks/finding.ts';
import { MAX_PROJECTS, storeProbeName, type Finding, type WorkerInspection } from '../contracts/doctor.ts';
import { inspectWorker } from '../operations/inspect-worker.ts';
import { listRunning } from '../operations/list-iterations.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { Group } from './group.ts';

/** Time for an answer, in milliseconds: a worker gives up a silent store after 5 s, a silent server after 15. */
const ANSWER_MS = { store: 8000, servers: 20_000 } as const;

/** What is compared with a worker's answer. */
export interface OurSide {
  readonly version: string;
  /** Digest of the workflow bundle here, or `sources`. */
  readonly bundle: string;
  readonly store: ArtifactStore;
  /** What was written into the store here; null if that failed. */
  readonly storeProbe: string | null;
  /** Null for all connections of the worker. */
  readonly connections: readonly string[] | null;
  /** Null for those of the iterations that run. */
  readonly project: string | null;
}

/** What the workers say of themselves, of the store, and of the servers of each connection. */
export async function askWorkers(client: Client, ours: OurSide): Promise<readonly Group[]> {
  const { connections, project, storeProbe, store } = ours;
  let worker: WorkerInspection;
  try {
    worker = await inspectWorker(client, { connection: null, projects: [], storeProbe }, ANSWER_MS.store);
  } catch (error) {
    return [{ title: 'Worker', findings: [problemOf(error)], shownTo: 'everybody' }];
  }
  const names = connections ?? worker.connections;
  const projects = project === null ? await runningProjects(client) : new Map(names.map((name) => [name, [project]]));
  const servers = await Promise.all(names.map((name) => askForServers(client, name, projects.get(name) ?? [])));
  const seenHere = storeProbe === null ? [] : await seenFromHere(store, storeProbe, worker.storeAddress);
  return [
    { title: 'Worker', findings: versionFindings(worker, ours), shownTo: 'everybody' },
    { title: 'Store, from the worker', findings: [...worker.store, ...seenHere] },
    ...servers.flat(),
  ];
}

/** Projects of the iterations that run, by connection. What cannot be listed is told of elsewhere. */
async function runningProjects(client: Client): Promise<ReadonlyMap<string, readonly string[]>> {
  const projects = new Map<string, string[]>();
  for (const { connection, project } of await listRunning(client).catch(() => [])) {
    const known = projects.get(connection) ?? [];
    if (project !== '' && known.length < MAX_PROJECTS && !known.includes(project)) known.push(project);
    projects.set(connection, known);
  }
  return projects;
}

async function askForServers(
  client: Client,
  connection: string,
  projects: readonly string[],
): Promise<readonly Group[]> {
  try {
    const { servers } = await inspectWorker(client, { connection, projects, storeProbe: null }, ANSWER_MS.servers);
    const shownTo = [connection];
    return servers.map(({ server, findings }) => {
      return { title: `${server} ${connection}, from the worker`, findings, shownTo };
    });
  } catch (error) {
    const title = `Connection ${connection}, from the worker`;
    return [{ title, findings: [problemOf(error)], shownTo: [connection] }];
  }
}

async function seenFromHere(store: ArtifactStore, probe: string, address: string): Promise<readonly Finding[]> {
  try {
    if (await holdsProbe(store, storeProbeName('worker', probe), probe)) return [];
    const action = 'Give both the same MASKLOOP_STORE, on a file system that both mount.';
    return [problem(`what the worker writes to its store ${address} does not arrive in the one here`, action)];
  } catch (error) {
    return [problemOf(error)];
  }
}

function versionFindings(worker: WorkerInspection, ours: OurSide): readonly Finding[] {
  const found = fine(`maskloop ${worker.version} on ${worker.place}; workflows: ${worker.bundle}`);
  if (worker.version !== ours.version) {
    const text = `the worker runs maskloop ${worker.version}, this is ${ours.version}`;
    return [found, warning(text, 'Bring both to the same release.')];
  }
  const areBuilt = worker.bundle !== 'sources' && ours.bundle !== 'sources';
  if (!areBuilt || worker.bundle === ours.bundle) return [found];
  const text = `the worker runs other workflows (${worker.bundle}) than are installed here (${ours.bundle})`;
  return [found, warning(text, 'Restart the worker after an update, or bring both to the same build.')];
}
