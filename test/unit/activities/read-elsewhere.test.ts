import { describe, expect, it } from '@jest/globals';
import type { OtherSet } from '../../../src/activities/training-set/other-sets.ts';
import { readElsewhere } from '../../../src/activities/training-set/read-elsewhere.ts';
import type { SealedReceipt } from '../../../src/activities/training-set/sealed-receipts.ts';
import { NO_SET } from '../../../src/activities/training-set/set-chain.ts';
import type { TrainingOrigin } from '../../../src/contracts/training-set.ts';

const OLD = 'monai-label-0123456789abcdef';
const place = { connection: 'default', project: 'P', taskId: 7, images: null, model: 'm' };
const ORIGIN: TrainingOrigin = { ...place, indexOf: {}, categoryOf: {}, heldOut: [] };

function setOf(...ids: readonly string[]): OtherSet {
  return { chain: OLD, set: { ...NO_SET, origins: Object.fromEntries(ids.map((id) => [id, ORIGIN])) } };
}

/** A receipt that ended in a year, and trained in it at the old trainer if told. */
function receipt(taskId: number, year: number, isTrained: boolean): SealedReceipt {
  const trainingSet = { name: `training-sets/${OLD}/00000001`, checkedAt: `${year}-05-01T00:00:00.000Z` };
  return {
    endedAt: `${year}-06-01T00:00:00.000Z`,
    input: { connection: 'default', project: 'P', task: `T${taskId}`, training: {} },
    results: { task: { taskId }, labels: { frames: 4 }, ...(isTrained ? { trainingSet } : {}) },
  };
}

describe('labels that a training at another trainer has read', () => {
  it('are those of iterations that trained there', () => {
    const receipts = new Map([['P/T1', receipt(1, 2024, true)]]);
    expect([...readElsewhere(receipts, [])]).toEqual([1]);
  });

  it('are those that a later training took up there, or that were submitted before their own was skipped', () => {
    const receipts = new Map([
      ['P/T1', receipt(1, 2024, false)],
      ['P/T2', receipt(2, 2025, true)],
    ]);
    expect([...readElsewhere(receipts, [setOf('P/T1', 'P/T2')])]).toEqual([1, 2]);
    expect([...readElsewhere(receipts, [setOf('P/T2')])]).toEqual([2]);
  });

  it('are not those that were submitted there after the last training', () => {
    const receipts = new Map([
      ['P/T1', receipt(1, 2026, false)],
      ['P/T2', receipt(2, 2025, true)],
    ]);
    expect([...readElsewhere(receipts, [setOf('P/T1', 'P/T2')])]).toEqual([2]);
    expect([...readElsewhere(receipts, [{ ...setOf('P/T1'), chain: 'command-0123456789abcdef' }])]).toEqual([2]);
  });
});
