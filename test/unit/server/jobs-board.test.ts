import { describe, expect, it } from '@jest/globals';
import { MaskloopError } from '../../../src/contracts/error.ts';
import type { FailureCode } from '../../../src/contracts/failures.ts';
import { createJobsBoard } from '../../../src/server/jobs-board.ts';
import { fakePeople } from '../../kit/fake-index.ts';
import { LOOKS } from '../../kit/two-connections.ts';

const store = { getNamed: async () => null };

/** A board on which looking for one of the iterations fails. */
const boardWith = (code: FailureCode, of: 'material' | 'jobs' = 'material') =>
  createJobsBoard({
    store,
    people: fakePeople(),
    looks: {
      ...LOOKS,
      material: async (id) => {
        if (of === 'material' && id === 'Own/slow') throw new MaskloopError(code, `no word of ${id}`);
        return LOOKS.material(id);
      },
      jobs: async (connection, tasks, options) => {
        if (of === 'jobs' && connection === 'default') throw new MaskloopError(code, 'no word');
        return LOOKS.jobs(connection, tasks, options);
      },
    },
  });

const IDS = ['Own/slow', 'Own/T', 'north/Own/T'];
const read = async (code: FailureCode, of?: 'material' | 'jobs') =>
  (await boardWith(code, of).read(IDS, { withEdits: false })).map(({ iteration, rows }) => [
    iteration.id,
    iteration.failure?.code ?? null,
    rows.length,
  ]);

describe('the jobs of many iterations', () => {
  it('are told where nobody says what one of them has done so far, and it is named', async () => {
    for (const code of ['WorkerSilent', 'ArtifactCorrupt'] as const) {
      expect(await read(code)).toEqual([
        ['Own/slow', code, 0],
        ['Own/T', null, 1],
        ['north/Own/T', null, 1],
      ]);
    }
  });

  it('leave out one that has ended meanwhile', async () => {
    expect((await read('IterationNotFound')).map(([id]) => id)).toEqual(['Own/T', 'north/Own/T']);
  });

  it('are told of one connection where the CVAT of another is away', async () => {
    expect(await read('CvatUnreachable', 'jobs')).toEqual([
      ['Own/slow', 'CvatUnreachable', 0],
      ['Own/T', 'CvatUnreachable', 0],
      ['north/Own/T', null, 1],
    ]);
  });

  it('are not told at all while Temporal is away', async () => {
    await expect(boardWith('TemporalUnreachable').read(IDS, { withEdits: false })).rejects.toMatchObject({
      code: 'TemporalUnreachable',
    });
  });
});
