import { describe, expect, it } from '@jest/globals';
import { ownTask, rivalsOf } from '../../../../src/activities/training/own-task.ts';
import type { TrainingStatus, TrainingTask } from '../../../../src/contracts/trainer-reports.ts';

function tasks(...statuses: TrainingStatus[]): TrainingTask[] {
  return statuses.map((status, index) => ({ id: String(index), status, model: 'm', name: `run${index}`, details: [] }));
}

function rivals(place: number, ...statuses: TrainingStatus[]): [string[], string[]] {
  const all = tasks(...statuses);
  const own = all[place];
  if (own === undefined) throw new Error('no such place');
  const { earlier, later } = rivalsOf(all, own);
  return [earlier.map(({ id }) => id), later.map(({ id }) => id)];
}

describe('the rivals of a training', () => {
  it('are those under way, before and behind it', () => {
    expect(rivals(1, 'RUNNING', 'SUBMITTED', 'SUBMITTED')).toEqual([['0'], ['2']]);
    expect(rivals(1, 'DONE', 'RUNNING', 'SUBMITTED')).toEqual([[], ['2']]);
    expect(rivals(0, 'SUBMITTED', 'SUBMITTED')).toEqual([[], ['1']]);
    expect(rivals(1, 'STOPPED', 'RUNNING', 'ERROR', 'LOST')).toEqual([[], []]);
  });

  it('are not those that the server has passed over, which will never run', () => {
    expect(rivals(1, 'SUBMITTED', 'RUNNING')).toEqual([[], []]);
    expect(rivals(2, 'SUBMITTED', 'DONE', 'SUBMITTED')).toEqual([[], []]);
    expect(rivals(1, 'SUBMITTED', 'SUBMITTED')).toEqual([['0'], []]);
  });
});

describe('our training', () => {
  it('is the newest of our name that still counts', () => {
    const named = tasks('STOPPED', 'RUNNING', 'RUNNING').map((task, index) => ({
      ...task,
      name: index < 2 ? 'ours' : 'x',
    }));
    expect(ownTask(named, 'ours', [])?.id).toBe('1');
    expect(ownTask(named, 'ours', ['1'])?.id).toBe('0');
    expect(ownTask(named, 'ours', ['0', '1'])).toBeUndefined();
  });
});
