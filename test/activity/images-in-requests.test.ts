import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ForIteration } from '../../src/contracts/iteration.ts';
import type { FaultRule } from '../../src/sandbox/faults/fault.ts';
import { CVAT_VERSIONS } from '../../src/sandbox/cvat/state/version.ts';
import { openGuardSite, type GuardSite } from '../kit/guard-site.ts';

const DATA = { method: 'POST', path: /\/api\/tasks\/\d+\/data$/ } as const;
/** The request that announces an upload comes before those of its files. */
const ANNOUNCED = 1;

describe.each(CVAT_VERSIONS)('images that go to CVAT %s in requests of one each', (version) => {
  let site: GuardSite;
  let iteration: ForIteration;
  let made = 0;
  beforeAll(async () => {
    site = await openGuardSite(version);
    const { input } = await site.scene();
    iteration = { id: 'Guarded/images', input };
  });
  afterAll(async () => site.close());
  afterEach(async () => site.calm());

  /** An upload into a new task that breaks by a fault, and a second try; how many requests with files each sent. */
  async function breakOff(fault: Pick<FaultRule, 'fault' | 'after'>) {
    made += 1;
    const asked = { id: `Guarded/images ${made}`, input: { ...iteration.input, task: `Images ${made}` } };
    let sent = 0;
    site.meddling.cvat = (cvat) => ({
      uploadImages: async (taskId, files, options) => {
        const counted = files.map((file) => ({ ...file, read: async () => ((sent += 1), file.read()) }));
        return cvat.uploadImages(taskId, counted, { ...options, requestBytes: 1 });
      },
    });
    site.faults.add({ ...DATA, ...fault, count: 1 });
    await expect(site.run('ensureTask', asked)).rejects.toMatchObject({ type: 'CvatUnreachable' });
    const [left] = [...site.sandbox.state.tasks.values()].slice(-1);
    const first = sent;
    const task = await site.run('ensureTask', asked);
    const project = await site.cvat.findProject('Guarded');
    const tasks = await site.cvat.tasksOfProject(project?.id ?? 0);
    expect(tasks.filter(({ name }) => name === asked.input.task)).toHaveLength(1);
    await requireWhole(task.taskId);
    return { first, second: sent - first, isSame: left?.id === task.taskId };
  }

  async function requireWhole(taskId: number): Promise<void> {
    const folder = fileURLToPath(iteration.input.images?.uri ?? '');
    const { frames } = await site.cvat.taskMeta(taskId);
    expect(frames).toHaveLength(4);
    for (const [number, { name }] of frames.entries()) {
      const { bytes } = await site.cvat.frameOriginal(taskId, number);
      expect(Buffer.from(bytes).equals(await readFile(join(folder, name)))).toBe(true);
    }
  }

  it('are sent on from the request that CVAT surely did not take, into the same task', async () => {
    const busy = { kind: 'too-many-requests', retryAfterSeconds: 0 } as const;
    expect(await breakOff({ fault: busy, after: ANNOUNCED + 2 })).toMatchObject({ second: 2, isSame: true });
  });

  it.each([{ kind: 'reset-after' }, { kind: 'reset-before' }] as const)(
    'are all sent anew into another task where nobody can tell whether CVAT took one ($kind)',
    async (fault) => {
      expect(await breakOff({ fault, after: ANNOUNCED + 2 })).toEqual({ first: 3, second: 4, isSame: false });
    },
  );

  it('are not sent again where all have arrived and the frames were not asked for yet', async () => {
    const lost = { fault: { kind: 'reset-before' }, after: ANNOUNCED + 4 } as const;
    expect(await breakOff(lost)).toEqual({ first: 4, second: 0, isSame: true });
  });
});
