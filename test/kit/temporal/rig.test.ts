import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { workflowBundle } from './bundle.ts';
import { type Rig, withRig } from './rig.ts';
import { fetchRunHistories } from './run-histories.ts';
import type { TestTemporal } from './test-temporal.ts';
import { startTimeSkipping } from './time-skipping.ts';
import type { countdownWorkflow, echoWorkflow, idleWorkflow, parentWorkflow } from './tiny/index.ts';
import { MOST_PAYLOAD_BYTES, verifyRuns } from './verify-runs.ts';

const options = {
  workflowsPath: fileURLToPath(new URL('tiny/index.ts', import.meta.url)),
  activities: { echo: async (text: string) => text },
};

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

async function echo({ client, taskQueue }: Rig, workflowId: string, text: string): Promise<string> {
  return client.workflow.execute<typeof echoWorkflow>('echoWorkflow', { workflowId, taskQueue, args: [text] });
}

describe('the rig', () => {
  it('replays every run of a chain of continue-as-new, in which hours take no time', async () => {
    const { result, runs } = await withRig(temporal, options, async ({ client, taskQueue }) =>
      client.workflow.execute<typeof countdownWorkflow>('countdownWorkflow', {
        workflowId: 'chain',
        taskQueue,
        args: [3],
      }),
    );
    expect(result).toBe('left 0');
    expect(runs.map(({ workflowId }) => workflowId)).toEqual(['chain', 'chain', 'chain', 'chain']);
    expect(new Set(runs.map(({ runId }) => runId)).size).toBe(4);
    expect(runs.every(({ events, largestPayloadBytes }) => events > 5 && largestPayloadBytes > 0)).toBe(true);
  });

  it('replays children, and runs that nobody waited for, and leaves none of them open', async () => {
    const { runs } = await withRig(temporal, options, async ({ client, taskQueue }) => {
      const args: [string] = ['a'];
      await client.workflow.execute<typeof parentWorkflow>('parentWorkflow', { workflowId: 'p', taskQueue, args });
      const idle = await client.workflow.start<typeof idleWorkflow>('idleWorkflow', { workflowId: 'idle', taskQueue });
      expect((await idle.describe()).status.name).toBe('RUNNING');
    });
    expect(runs).toHaveLength(3);
    const { status } = await temporal.env.client.workflow.getHandle('idle').describe();
    expect(status.name).toBe('TERMINATED');
  });

  it('fails a test whose history holds a payload above 16 kB, and says where', async () => {
    const fits = 'x'.repeat(MOST_PAYLOAD_BYTES - 2);
    await withRig(temporal, options, async (rig) => echo(rig, 'fits', fits));
    const large = withRig(temporal, options, async (rig) => echo(rig, 'large', `${fits}x`));
    await expect(large).rejects.toThrow(
      /large \(\S+\): a payload of 16385 bytes at events\.0\.workflowExecutionStartedEventAttributes\.input\.payloads\.0/,
    );
  });

  it('fails on a history that other code would have written', async () => {
    await withRig(temporal, options, async (rig) => echo(rig, 'changed', 'a'));
    const runs = await fetchRunHistories(temporal.env.client, [{ workflowId: 'changed' }]);
    const changed = await workflowBundle(fileURLToPath(new URL('tiny-changed/index.ts', import.meta.url)));
    await expect(verifyRuns(runs, changed)).rejects.toThrow(
      /^changed \(\S+\) cannot be replayed: .*[Nn]ondeterminism/s,
    );
    await expect(verifyRuns(runs, await workflowBundle(options.workflowsPath))).resolves.toHaveLength(1);
  });

  it('goes on with a new worker after a restart', async () => {
    const { result } = await withRig(temporal, options, async (rig) => {
      await echo(rig, 'before', 'a');
      await rig.restartWorker();
      return echo(rig, 'after', 'b');
    });
    expect(result).toBe('b');
  });

  it('passes on the error of the body and leaves nothing open', async () => {
    const failing = withRig(temporal, options, async ({ client, taskQueue }) => {
      await client.workflow.start<typeof idleWorkflow>('idleWorkflow', { workflowId: 'left', taskQueue });
      throw new Error('planted');
    });
    await expect(failing).rejects.toThrow('planted');
    const { status } = await temporal.env.client.workflow.getHandle('left').describe();
    expect(status.name).toBe('TERMINATED');
  });

  it('verifies a run that another client started only if it is told of it', async () => {
    const { runs } = await withRig(temporal, options, async (rig) => {
      await echo(rig, 'own', 'a');
      rig.watch({ workflowId: 'before' });
    });
    expect(runs.map(({ workflowId }) => workflowId)).toEqual(['own', 'before']);
  });
});
