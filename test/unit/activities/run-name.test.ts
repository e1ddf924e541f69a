import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { runName } from '../../../src/activities/run-name.ts';
import { iterationId } from '../../../src/contracts/ids.ts';

const RUN = '01a20465-76ec-7c5e-a828-eb31972b201c';
const OTHER_RUN = '01a20465-76ec-7c5e-a828-eb31972b201d';

describe('the run name of a training', () => {
  it('is fit for a folder, whatever the names of project and task', () => {
    const name = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(name, name, fc.integer({ min: 1, max: 50 }), (project, task, number) => {
        const run = runName(iterationId({ project, task }), { firstRunId: RUN, tryNumber: number });
        expect(run).toMatch(/^[A-Za-z0-9-]+$/);
        expect(run.length).toBeLessThan(140);
      }),
    );
  });

  it('differs between tries, and between iterations that are started anew', () => {
    const names = [
      runName('A/B', { firstRunId: RUN, tryNumber: 1 }),
      runName('A/B', { firstRunId: RUN, tryNumber: 2 }),
      runName('A/B', { firstRunId: RUN, tryNumber: 3 }),
      runName('A/B', { firstRunId: OTHER_RUN, tryNumber: 1 }),
    ];
    expect(new Set(names).size).toBe(names.length);
  });

  it('is the same at every try of an activity, and tells a person which iteration it belongs to', () => {
    expect(runName('SurgVU/Iteration_1', { firstRunId: RUN, tryNumber: 1 })).toBe(`maskloop-SurgVU-Iteration-1-${RUN}`);
  });
});
