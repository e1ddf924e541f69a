import { describe, expect, it } from '@jest/globals';
import { activityText } from '../../../src/cli/format/activity.ts';
import { followLines } from '../../../src/cli/format/changes.ts';
import { formatStatus } from '../../../src/cli/format/status.ts';
import { workLines } from '../../../src/cli/format/work.ts';
import type { PendingActivity } from '../../../src/operations/pending-activities.ts';
import { sampleView } from './fake-context.ts';

function shard(done: number | null, changes: Partial<PendingActivity> = {}): PendingActivity {
  const heartbeat = done === null ? null : { phase: 'masks', done, total: 500 };
  return {
    name: 'convertShard',
    attempt: 1,
    startedAt: null,
    nextAttemptAt: null,
    lastFailure: null,
    heartbeat,
    ...changes,
  };
}

function converting(activities: readonly PendingActivity[], done = 1000) {
  const { status } = sampleView();
  if (status === null) throw new Error('the sample has a status');
  const converted = { done, total: 4000 };
  return sampleView({ status: { ...status, step: 'convert', waitingFor: 'machine', converted }, activities });
}

describe('the shards under way', () => {
  it('are one line with those that are finished', () => {
    const view = converting([shard(150), shard(350), shard(null)]);
    expect(workLines(view, activityText)).toEqual(['convert: 1500 of 4000 masks']);
    expect(followLines(view, new Date('2026-03-01T10:00:00.000Z')).map(({ text }) => text)).toContain(
      'convert: 1500 of 4000 masks',
    );
    expect(formatStatus(view, new Date('2026-03-01T10:00:00.000Z'))).toMatch(/activity +convert: 1500 of 4000 masks\n/);
  });

  it('that wait for a next try are told by themselves and not counted', () => {
    const lastFailure = { code: 'StoreUnreachable', message: 'the disk is full.', facts: {} };
    const failed = shard(400, { lastFailure, nextAttemptAt: '2026-03-01T10:01:00.000Z', attempt: 2 });
    expect(workLines(converting([shard(100), failed]), activityText)).toEqual([
      'convert: 1100 of 4000 masks',
      'StoreUnreachable: the disk is full.',
    ]);
    expect(workLines(converting([failed]), activityText)).toEqual(['StoreUnreachable: the disk is full.']);
  });

  it('are never more masks than there are', () => {
    expect(workLines(converting([shard(500)], 3800), activityText)).toEqual(['convert: 4000 of 4000 masks']);
  });

  it('leave the words of other activities as they are', () => {
    const assembling = { ...shard(null), name: 'assembleDataset', heartbeat: { phase: 'document', done: 7, total: 9 } };
    expect(workLines(converting([assembling]), activityText)).toEqual(['masks written: 7/9']);
    const hashing = { ...shard(null), name: 'planConversion', heartbeat: { phase: 'hashes', done: 7, total: 9 } };
    expect(workLines(sampleView({ activities: [hashing] }), activityText)).toEqual(['masks read: 7/9']);
    expect(workLines(sampleView({ status: null, activities: [shard(3)] }), activityText)).toEqual([
      'masks converted: 3/500',
    ]);
  });
});
