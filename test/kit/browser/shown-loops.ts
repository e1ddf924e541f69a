import { MaskloopError } from '../../../src/contracts/error.ts';
import type { LoopRow } from '../../../src/operations/loops/find-loops.ts';
import type { LoopOperations } from '../../../src/operations/loops/loop-operations.ts';

/** Given loops; of each it is known that a rule, with these words, proposes to stop. */
export function shownLoops(rows: () => readonly LoopRow[], words: string): LoopOperations {
  const shown: Pick<LoopOperations, 'list' | 'describe'> = {
    list: async () => rows(),
    describe: async (id) => {
      const row = rows().find((one) => one.id === id);
      if (row === undefined) throw new MaskloopError('LoopNotFound', `There is no loop ${id}.`);
      const { name, project, connection, since, number } = row;
      const begun = since ?? '';
      return {
        id,
        name,
        project,
        connection,
        state: 'running',
        workerAnswers: true,
        iteration: null,
        activities: [],
        chosen: [],
        status: {
          id,
          name,
          project,
          connection,
          number,
          phase: 'asking',
          since: begun,
          startedAt: begun,
          paused: false,
          iteration: null,
          policy: { uri: `store:sha256/aa/${'a'.repeat(64)}`, sha256: 'a'.repeat(64), bytes: 1 },
          pace: null,
          edited: null,
          end: null,
          begin: null,
          trouble: null,
          rests: null,
          findings: [
            { rule: 'plateau', action: 'ask', proposes: true, value: 0.002, limit: 0.01, interval: null, words },
          ],
          events: [],
          choices: ['go on', 'stop'],
        },
      };
    },
  };
  return shown as LoopOperations;
}
