import { describe, expect, it } from '@jest/globals';
import { runCli } from '../../../src/cli/run-cli.ts';
import { MaskloopError } from '../../../src/contracts/error.ts';
import type { DatasetRequest, WrittenDataset } from '../../../src/dataset/write-dataset.ts';
import { fakeTerminal } from './fake-context.ts';

const WRITTEN: WrittenDataset = {
  connection: 'default',
  project: 'SurgVU',
  receipts: 2,
  frames: { training: 8, 'held-out': 2, sealed: 0 },
  annotations: 17,
  forgotten: 0,
  missing: [],
};

describe('dataset', () => {
  it('writes what is asked for and says what there is', async () => {
    let asked: DatasetRequest | null = null;
    const writeDataset = async (request: DatasetRequest): Promise<WrittenDataset> => {
      asked = request;
      return WRITTEN;
    };
    const { context, stdout, stderr } = fakeTerminal({ writeDataset });
    expect(await runCli(['dataset', 'SurgVU', '--out', 'out', '--images', 'frames', '--link'], context)).toBe(0);
    expect(asked).toMatchObject({ given: 'SurgVU', dir: 'out', images: 'frames', asLinks: true });
    expect(stdout()).toMatch(/receipts +2\nframes, training +8\nframes, held-out +2\nannotations +17\n$/);
    expect(stderr()).toBe('written to out\n');
  });

  it('ends with 1 where images are missing, names them and says what to do', async () => {
    const missing = [{ frame: 'Iteration_1/f1', why: 'not found', taskId: 7 }] as const;
    const { context, stderr } = fakeTerminal({ writeDataset: async () => ({ ...WRITTEN, missing }) });
    expect(await runCli(['dataset', 'SurgVU', '--out', 'out'], context)).toBe(1);
    expect(stderr()).toContain('  Iteration_1/f1: not found, frame of task 7 in CVAT\n');
    expect(stderr()).toContain('--images DIR');
  });

  it('refuses the folder of something else as wrong usage', async () => {
    const writeDataset = async (): Promise<WrittenDataset> => {
      throw new MaskloopError('ForeignFolder', 'out holds something else.');
    };
    expect(await runCli(['dataset', 'SurgVU', '--out', 'out'], fakeTerminal({ writeDataset }).context)).toBe(2);
  });
});
