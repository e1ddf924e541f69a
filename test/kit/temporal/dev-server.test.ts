import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SEARCH_ATTRIBUTES } from '../../../src/contracts/search-attributes.ts';
import { startDevServer } from './dev-server.ts';
import { withRig } from './rig.ts';
import type { countdownWorkflow } from './tiny/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-dev-server-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('the development server', () => {
  it('lists by our search attributes, runs workflows under the rig, and is gone after close', async () => {
    const temporal = await startDevServer();
    const { pid } = temporal.process;
    try {
      const options = {
        workflowsPath: fileURLToPath(new URL('tiny/index.ts', import.meta.url)),
        activities: { echo: async (text: string) => text },
      };
      const { runs } = await withRig(temporal, options, async ({ client, taskQueue }) => {
        await client.workflow.start<typeof countdownWorkflow>('countdownWorkflow', {
          workflowId: 'P/T',
          taskQueue,
          args: [0],
          typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.project, value: 'P' }],
        });
        // Visibility follows a moment later.
        const query = "MaskloopProject = 'P'";
        while ((await client.workflow.count(query)).count === 0) await sleep(50);
        const missing = await client.workflow.count("MaskloopProject = 'Q'");
        expect(missing.count).toBe(0);
      });
      expect(runs).toHaveLength(1);
      expect(isAlive(pid)).toBe(true);
    } finally {
      await temporal.close();
    }
    expect(isAlive(pid)).toBe(false);
  });

  it('knows its runs again after it was killed, from the database file and on the same port', async () => {
    const dbFilename = path.join(folder, 'temporal.db');
    const first = await startDevServer({ dbFilename });
    const port = Number(first.address.split(':')[1]);
    const started = await first.env.client.workflow.start('someWorkflow', { workflowId: 'kept', taskQueue: 'nobody' });
    await first.env.teardown();
    await first.process.stop('SIGKILL');
    const second = await startDevServer({ dbFilename, port });
    try {
      const { runId } = await second.env.client.workflow.getHandle('kept').describe();
      expect(runId).toBe(started.firstExecutionRunId);
    } finally {
      await second.close();
    }
  });

  it('says what the server wrote when it ends at once', async () => {
    const dbFilename = path.join(folder, 'no/such/folder/temporal.db');
    await expect(startDevServer({ dbFilename })).rejects.toThrow(/has ended: .*no\/such\/folder/s);
  });
});
