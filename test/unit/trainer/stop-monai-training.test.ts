import { describe, expect, it } from '@jest/globals';
import { stopMonaiTraining } from '../../../src/trainer/stop-monai-training.ts';
import { json, fakeServers, type FakeServer } from '../monai/fake-server.ts';
import { INFO_EMPTY } from '../monai/recorded.ts';

const serve = fakeServers();

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly details?: readonly string[];
}

function task({ id, status, details }: Shown): object {
  return {
    id,
    status,
    request: { model: 'tinyseg', name: `run-${id}` },
    ...(details === undefined ? {} : { details }),
  };
}

/** A server that shows one list after the other, and says that a DELETE killed `killed`. */
async function server(
  lists: readonly (readonly Shown[])[],
  killed: string | null = null,
  stats: object = {},
): Promise<FakeServer> {
  let looks = 0;
  return serve(({ call }) => {
    if (call === 'DELETE /train/') return json(killed === null ? null : task({ id: killed, status: 'STOPPED' }));
    if (call === 'GET /info/') return json({ ...INFO_EMPTY, train_stats: { tinyseg: stats } });
    return json((lists[Math.min(looks++, lists.length - 1)] ?? []).map(task));
  });
}

const deletes = ({ calls }: FakeServer): number => calls().filter((call) => call.startsWith('DELETE')).length;

describe('stopping a training of MONAI Label', () => {
  it('sends a DELETE, once, if ours is the one that runs', async () => {
    const fake = await server(
      [
        [
          { id: 'ours', status: 'RUNNING' },
          { id: 'next', status: 'SUBMITTED' },
        ],
      ],
      'ours',
    );
    expect(await stopMonaiTraining(fake.client, 'ours')).toBe('told');
    expect(deletes(fake)).toBe(1);
  });

  it('sends none while ours waits, or once another one runs, or it has ended between two looks', async () => {
    const waiting = await server(
      [
        [
          { id: 'theirs', status: 'RUNNING' },
          { id: 'ours', status: 'SUBMITTED' },
        ],
      ],
      'theirs',
    );
    expect(await stopMonaiTraining(waiting.client, 'ours')).toBe('waits');
    const ended = await server(
      [
        [{ id: 'ours', status: 'RUNNING' }],
        [
          { id: 'ours', status: 'DONE' },
          { id: 'theirs', status: 'RUNNING' },
        ],
      ],
      'theirs',
    );
    expect(await stopMonaiTraining(ended.client, 'ours')).toBe('ended');
    const forgotten = await server([[]], 'theirs');
    expect(await stopMonaiTraining(forgotten.client, 'ours')).toBe('ended');
    expect([waiting, ended, forgotten].map(deletes)).toEqual([0, 0, 0]);
  });

  it('sends none once the last epoch of ours is done: the next one is about to take its place', async () => {
    const details = ['2026-11-22 14:56:02,408 - INFO - Epoch[3] Metrics -- train_mean_dice: 0.9791'];
    const stats = { start_ts: 1, epoch: 3, total_epochs: 3, total_time: '0:00:07' };
    const through = await server([[{ id: 'ours', status: 'RUNNING', details }]], 'ours', stats);
    expect(await stopMonaiTraining(through.client, 'ours')).toBe('ending');
    expect(deletes(through)).toBe(0);
    const ofBefore = await server([[{ id: 'ours', status: 'RUNNING', details: ['Epoch[1] Metrics'] }]], 'ours', stats);
    expect(await stopMonaiTraining(ofBefore.client, 'ours')).toBe('told');
  });

  it('says so where it hit another one after all', async () => {
    const fake = await server(
      [
        [
          { id: 'ours', status: 'RUNNING' },
          { id: 'next', status: 'SUBMITTED' },
        ],
      ],
      'next',
    );
    await expect(stopMonaiTraining(fake.client, 'ours')).rejects.toMatchObject({
      code: 'WrongTrainingStopped',
      facts: { stopped: 'next', name: 'run-next', meant: 'ours' },
    });
  });
});
