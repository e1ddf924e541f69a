import { describe, expect, it } from '@jest/globals';
import type { RunRecord } from '../../../../src/activities/training/run-record.ts';
import { livesAgain } from '../../../../src/activities/training/revive.ts';
import { whoseStats, type Whose } from '../../../../src/activities/training/own-stats.ts';
import { mayRunForgotten, signIn, type Sign } from '../../../../src/activities/training/sign-of-life.ts';
import type { TrainingTask, TrainStats } from '../../../../src/contracts/trainer-reports.ts';

const OURS = 5000;
const RECORD: RunRecord = {
  schema: 'maskloop.run/1',
  model: 'm',
  runName: 'ours',
  submittedAt: new Date(OURS * 1000).toISOString(),
  previousRunStart: 4000,
  previousChecksum: null,
  lastTask: 'before',
  request: 'alone',
  taskId: 'a',
  over: [],
  lost: [],
  restarts: 0,
  ownStart: OURS,
};

const stats = (startedAtSeconds: number, epoch = 3, totalEpochs = 10): TrainStats => ({
  startedAtSeconds,
  epoch,
  totalEpochs,
  ended: false,
  metricName: null,
  metric: null,
  bestMetric: null,
});

const task = (name: string, changes: Partial<TrainingTask> = {}): TrainingTask => ({
  id: name,
  name,
  status: 'RUNNING',
  model: 'm',
  details: [],
  ...changes,
});

describe('what a trainer shows', () => {
  const unseen = { ownStart: null };
  const site = { tasks: [] as readonly TrainingTask[], maxEpochs: 10, beginsWithinMs: 60_000 };
  const alone = site;
  const beside = { ...site, tasks: [task('slicer')] };
  const given = { lost: [{ start: 4500, epoch: 3 }] };

  it.each<[string, TrainStats | null, Partial<RunRecord>, typeof alone, Sign]>([
    ['nothing', null, {}, alone, 'none'],
    ['our start', stats(OURS), {}, alone, 'ours'],
    ['our start beside others', stats(OURS), {}, beside, 'ours'],
    ['our start with another length', stats(OURS, 3, 99), {}, beside, 'none'],
    ['another start', stats(5100), {}, alone, 'none'],
    ['the run before', stats(4000), unseen, alone, 'none'],
    ['a start after the request', stats(5010), unseen, alone, 'ours'],
    ['a start after the request beside others', stats(5010), unseen, beside, 'perhaps'],
    ['a start after the request with another length', stats(5010, 3, 99), unseen, alone, 'none'],
    ['a start long before the request', stats(4399), unseen, alone, 'none'],
    ['a start before the request by less than clocks differ', stats(4401), unseen, alone, 'ours'],
    ['one that was taken for dead, where it was', stats(4500, 3), { ...given, ...unseen }, alone, 'none'],
    ['one that was taken for dead, further', stats(4500, 4), { ...given, ...unseen }, alone, 'ours'],
    ['one that was taken for dead, further, beside ours', stats(4500, 4), given, beside, 'ours'],
  ])('%s is of a forgotten run of ours or not', (_, shown, changes, around, sign) => {
    expect(signIn(shown, { ...around, record: { ...RECORD, ...changes } })).toBe(sign);
  });

  it.each<[string, TrainStats, Partial<RunRecord>, number | null, Whose, Sign]>([
    [
      'a rival was noted and the list is forgotten again',
      stats(5060),
      { ...unseen, rivals: ['slicer'] },
      10,
      'not known',
      'perhaps',
    ],
    [
      'ours waited behind another one as the list was forgotten',
      stats(5060),
      { ...unseen, request: 'accepted', ahead: ['slicer'] },
      10,
      'not known',
      'perhaps',
    ],
    ['it began 20 hours after our request', stats(5000 + 72_000), unseen, 10, 'theirs', 'none'],
    [
      'it began in the second of ours with another length, which was left to the trainer',
      stats(OURS, 3, 20),
      { ownEpochs: 50 },
      null,
      'theirs',
      'none',
    ],
  ])('is the same to a stop as to a watch where %s', (_, shown, changes, maxEpochs, whose, sign) => {
    const around = { ...site, maxEpochs, record: { ...RECORD, ...changes } };
    expect([whoseStats(shown, around), signIn(shown, around)]).toEqual([whose, sign]);
  });

  it('is of any length where the trainer was not told', () => {
    expect(signIn(stats(OURS, 3, 99), { ...site, maxEpochs: null, record: RECORD })).toBe('ours');
  });

  it('shows a run risen that was taken for dead only once it is further, and of our length', () => {
    const record = { lost: [{ start: 4500, epoch: 3 }] };
    const shown = [null, stats(4500, 3), stats(4500, 4), stats(4500, 4, 99), stats(OURS, 4)];
    expect(shown.map((each) => livesAgain(record, each, 10))).toEqual([null, null, 4500, null, null]);
  });
});

describe('a list of trainings', () => {
  it.each<[string, readonly TrainingTask[], Partial<RunRecord>, boolean]>([
    ['without ours, which was accepted', [], {}, true],
    ['without ours, which was never accepted', [], { request: 'refused' }, false],
    ['without ours, of which no answer came', [], { request: 'sending' }, true],
    ['without ours, of which no answer came, but with the one before', [task('before')], { request: 'sending' }, false],
    ['with ours, however it ended', [task('ours', { id: 'a', status: 'ERROR' })], {}, false],
    ['with one of ours that gave way, and not the next', [task('ours', { id: 'b' })], { over: ['b'] }, true],
  ])('%s leaves open whether ours runs or not', (_, tasks, changes, mayRun) => {
    expect(mayRunForgotten(tasks, { ...RECORD, ...changes })).toBe(mayRun);
  });
});
