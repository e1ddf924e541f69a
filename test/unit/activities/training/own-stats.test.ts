import { describe, expect, it } from '@jest/globals';
import { ownStats } from '../../../../src/activities/training/own-stats.ts';
import type { TrainStats } from '../../../../src/contracts/trainer-reports.ts';

const SUBMITTED = { submittedAt: '2026-01-01T00:00:00.000Z', ownStart: null, previousRunStart: null, lost: [] };
const START = Date.parse(SUBMITTED.submittedAt) / 1000 + 20;

function stats(startedAtSeconds: number, totalEpochs = 5): TrainStats {
  return { startedAtSeconds, epoch: 1, totalEpochs, ended: false, metricName: null, metric: null, bestMetric: null };
}

describe('the statistics of a trainer', () => {
  it('are of our run if they began after the request, with the epochs that were asked for', () => {
    expect(ownStats(stats(START), SUBMITTED, 5)).not.toBeNull();
    expect(ownStats(stats(START), SUBMITTED, null)).not.toBeNull();
    expect(ownStats(stats(START), SUBMITTED, 6)).toBeNull();
    expect(ownStats(null, SUBMITTED, 5)).toBeNull();
  });

  it('are not those of the run before, of one that began long before, or of one that was given up', () => {
    expect(ownStats(stats(START), { ...SUBMITTED, previousRunStart: START }, 5)).toBeNull();
    expect(ownStats(stats(START - 3600), SUBMITTED, 5)).toBeNull();
    expect(ownStats(stats(START), { ...SUBMITTED, lost: [{ start: START, epoch: 2 }] }, 5)).toBeNull();
  });

  it('are ours although the clocks of the machines differ by minutes', () => {
    expect(ownStats(stats(START - 300), SUBMITTED, 5)).not.toBeNull();
  });

  it('are only those of our start, once that is known', () => {
    expect(ownStats(stats(START), { ...SUBMITTED, ownStart: START }, 5)).not.toBeNull();
    expect(ownStats(stats(START + 60), { ...SUBMITTED, ownStart: START }, 5)).toBeNull();
  });
});
