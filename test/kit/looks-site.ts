import { createLook } from '../../src/activities/looks/look.ts';
import { iterationId } from '../../src/contracts/ids.ts';
import type { TaskRef } from '../../src/contracts/refs.ts';
import { createCvat } from '../../src/cvat/client.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import { createLooks } from '../../src/operations/looks/looks.ts';
import { SANDBOX_ADMIN } from '../../src/sandbox/cvat/start-sandbox-cvat.ts';
import type { Faults } from '../../src/sandbox/faults/start-faults.ts';
import type { ActivitySite } from './activity-site.ts';
import { openApiSite, type ApiSite } from './api-site.ts';
import { openBehindFaults } from './behind-faults.ts';
import { fakeIndex } from './fake-index.ts';
import { recordReceipt } from './recorded-iteration.ts';
import { ROWS } from './two-connections.ts';
import type { TestTemporal } from './temporal/test-temporal.ts';

/** So long a worker of the site looks at one task, and at all of them, in milliseconds. */
const LIMITS = { taskMs: 600, allMs: 5000 };

/** Two iterations with a task each, in a store that servers and workers share. */
export interface LooksSite {
  readonly activities: ActivitySite;
  readonly faults: Faults;
  readonly ids: readonly [string, string];
  readonly tasks: readonly [TaskRef, TaskRef];
  /** What a worker has to have for looks. */
  readonly ofWorker: object;
  /** A server of its own, whose list has both iterations. */
  openServer(patienceMs?: number): Promise<ApiSite>;
  close(): Promise<void>;
}

/** Opens one on a Temporal. */
export async function openLooksSite(temporal: TestTemporal): Promise<LooksSite> {
  const { site: activities, faults } = await openBehindFaults();
  const { store } = activities;
  const make = async (task: string): Promise<{ id: string; task: TaskRef }> => {
    const input = { ...activities.input, task };
    const own = { id: iterationId(input), input };
    const made = await activities.run('ensureTask', own);
    await recordReceipt(activities, { task: made }, own);
    return { id: own.id, task: made };
  };
  const [first, second] = [await make('Iteration_1'), await make('Iteration_2')];
  const ids = [first.id, second.id] as const;
  const credentials = async () => ({ kind: 'password', ...SANDBOX_ADMIN }) as const;
  const cvat = createCvat({ url: faults.url, organization: null, credentials, pace: { firstGapMs: 10 } });
  const connect = () => ({ cvat, monai: activities.monai, trainer: monaiTrainer(activities.monai) });
  const rows = ids.map((id) => ({ ...(ROWS[0] as (typeof ROWS)[number]), id }));
  return {
    activities,
    faults,
    ids,
    tasks: [first.task, second.task],
    ofWorker: { look: createLook({ connect, store }, LIMITS) },
    openServer: async (patienceMs) => {
      const { client } = temporal.env;
      return openApiSite(
        {},
        {
          store,
          looks: createLooks({ client, store, ...(patienceMs === undefined ? {} : { patienceMs }) }),
          index: fakeIndex({ running: async () => rows }),
        },
      );
    },
    close: async () => {
      await activities.close();
      await faults.close();
    },
  };
}
