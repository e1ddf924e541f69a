import { describe, expect, it } from '@jest/globals';
import type { RunRecord } from '../../../../src/activities/training/run-record.ts';
import {
  hasOthers,
  hasRisen,
  mayRunForgotten,
  signIn,
  type Sign,
} from '../../../../src/activities/training/sign-of-life.ts';
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
  const alone = { maxEpochs: 10, others: false };
  const beside = { maxEpochs: 10, others: true };
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
  ])('%s is of a forgotten run of ours or not', (_, shown, changes, site, sign) => {
    expect(signIn(shown, { ...RECORD, ...changes }, site)).toBe(sign);
  });

  it('is of any length where the trainer was not told', () => {
    expect(signIn(stats(OURS, 3, 99), RECORD, { maxEpochs: null, others: false })).toBe('ours');
  });

  it('shows a run risen that was taken for dead only once it is further, and of our length', () => {
    const record = { lost: [{ start: 4500, epoch: 3 }] };
    const shown = [null, stats(4500, 3), stats(4500, 4), stats(4500, 4, 99), stats(OURS, 4)];
    expect(shown.map((each) => hasRisen(each, record, 10))).toEqual([false, false, true, false, false]);
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

  it('tells of others who have trained the same model', () => {
    const lists = [
      [],
      [task('ours')],
      [task('slicer', { model: 'other' })],
      [task('slicer', { status: 'SUBMITTED' })],
      [task('slicer', { status: 'DONE' })],
      [task('slicer')],
    ];
    expect(lists.map((tasks) => hasOthers(tasks, RECORD))).toEqual([false, false, false, false, true, true]);
  });
});
