import { hostname } from 'node:os';
import { checkConnection } from '../checks/check-connection.ts';
import { checkStore, holdsProbe } from '../checks/check-store.ts';
import { fine, problem, problemOf } from '../checks/finding.ts';
import { lookAll, type Look } from '../checks/look.ts';
import { storeProbeName, type DoctorActivities, type Finding, type ServerFindings } from '../contracts/doctor.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { Connection } from './dependencies.ts';
import { durable } from './durable.ts';

/** Time for a look at the store, in milliseconds. */
const STORE_LIMIT_MS = 5000;

/** What the look of a worker at itself needs. */
export interface InspectionDependencies {
  readonly connectionNames: readonly string[];
  readonly connect: (connection: string) => Connection;
  readonly store: ArtifactStore;
  readonly version: string;
  /** Digest of the workflow bundle, or `sources`. */
  readonly bundle: string;
}

/** Whether the store can be used, and is the one that the asker has written into. */
function storeLooks(store: ArtifactStore, probe: string): readonly Look[] {
  const isShared: Look = async () => {
    if (await holdsProbe(store, storeProbeName('here', probe), probe))
      return [fine('it is the store that `doctor` writes to')];
    const action = 'Give both the same MASKLOOP_STORE, on a file system that both mount.';
    return [problem(`${store.address} does not hold what \`doctor\` has just written to its own store`, action)];
  };
  return [async () => checkStore(store, storeProbeName('worker', probe), probe), isShared];
}

/** What is found of the store. The asker removes what was written where it sees it; elsewhere that is done here. */
async function inspectStore(store: ArtifactStore, probe: string): Promise<readonly Finding[]> {
  const found = await lookAll('the store', STORE_LIMIT_MS, storeLooks(store, probe));
  const clearUnseen: Look = async () => {
    if (!(await holdsProbe(store, storeProbeName('here', probe), probe))) {
      await store.removeNamed(storeProbeName('worker', probe));
    }
    return [];
  };
  await lookAll('the store', STORE_LIMIT_MS, [clearUnseen]);
  return found;
}

async function serversOf(
  name: string,
  connect: InspectionDependencies['connect'],
  projects: readonly string[],
): Promise<readonly ServerFindings[]> {
  try {
    return await checkConnection(name, connect(name), projects);
  } catch (error) {
    return [{ connection: name, server: 'CVAT', findings: [problemOf(error)] }];
  }
}

/** The worker looks at what it works with, for `doctor`. */
export function createDoctorActivities(dependencies: InspectionDependencies): DoctorActivities {
  const { connectionNames, connect, store, version, bundle } = dependencies;
  return {
    inspectWorker: durable(async ({ connection, projects, storeProbe }) => {
      const [storeFindings, servers] = await Promise.all([
        storeProbe === null ? [] : inspectStore(store, storeProbe),
        connection === null ? [] : serversOf(connection, connect, projects),
      ]);
      return {
        version,
        bundle,
        place: `${hostname()}, process ${process.pid}`,
        storeAddress: store.address,
        store: storeFindings,
        connections: connectionNames,
        servers,
      };
    }),
  };
}
