import { describe, expect, it } from '@jest/globals';
import type { CollectRequest } from '../../../src/cli/context.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { LABELS } from '../../kit/fake-activities.ts';
import { sampleReceipt } from '../operations/sample-receipt.ts';
import { fakeTerminal } from './fake-context.ts';

async function collect(...words: readonly string[]) {
  const requests: CollectRequest[] = [];
  const receipt = sampleReceipt();
  const terminal = fakeTerminal(
    {
      collectTask: async (request) => {
        requests.push(request);
        const differing = [{ name: 'a.png', pixels: 1 }];
        const exported = { frames: 3, labelledFrames: 2, differing, withoutSegmentation: 4 };
        return request.via === 'native'
          ? { native: { ...LABELS, leftOut: { polyline: 2 } }, exported: null }
          : { native: null, exported };
      },
    },
    {
      resolve: async () => receipt.id,
      describe: async () => ({
        id: receipt.id,
        state: 'done',
        workerAnswers: true,
        status: null,
        index: null,
        startedAt: receipt.startedAt,
        endedAt: receipt.endedAt,
        activities: [],
        turns: null,
        receipt,
      }),
    },
  );
  const code = await runCli(['collect', ...words], terminal.context);
  return { code, request: requests[0], stdout: terminal.stdout(), stderr: terminal.stderr() };
}

describe('collect', () => {
  it('reads a task by its number and says what was left out', async () => {
    const { code, request, stdout, stderr } = await collect('17', '--out', 'labels', '--connection', 'north');
    expect(code).toBe(0);
    expect(request).toMatchObject({
      id: null,
      connection: 'north',
      taskId: 17,
      labels: null,
      categories: null,
      dir: 'labels',
      via: 'native',
    });
    expect(stdout).toMatch(/frames +3, 3 of them with labels\n/);
    expect(stdout).toMatch(/left out: polyline +2\n/);
    expect(stderr).toBe('written to labels\n');
  });

  it('takes what an iteration has sealed, with its categories', async () => {
    const { request } = await collect('SurgVU/Iteration_1', '--out', 'labels');
    const categories = [{ id: 1, name: 'instrument' }];
    expect(request).toMatchObject({ id: sampleReceipt().id, taskId: 7, labels: LABELS, categories });
  });

  it('names the frames on which the exports of CVAT disagree', async () => {
    const { stdout } = await collect('17', '--out', 'labels', '--via', 'export');
    expect(stdout).toContain('COCO and masks differ on a.png: 1 pixel\n');
    expect(stdout).toContain('COCO gives no pixels for 4 annotations: rectangles\n');
  });

  it('prints one JSON document with --json, and refuses to guess where to write', async () => {
    expect(JSON.parse((await collect('17', '--out', 'labels', '--json')).stdout)).toMatchObject({ exported: null });
    expect((await collect('17')).code).toBe(2);
    expect((await collect('17', '--out', 'x', '--via', 'magic')).code).toBe(2);
  });
});
