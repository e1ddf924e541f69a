import { describe, expect, it } from '@jest/globals';
import { unnamedReceipt } from '../../../src/activities/unnamed-receipt.ts';
import type { PeopleSetting } from '../../../src/contracts/comparison.ts';
import type { Receipt } from '../../../src/contracts/receipt.ts';
import { iterationInput } from '../../kit/iteration-input.ts';

function receipt(tellPeople: PeopleSetting): Receipt {
  const decision = { step: 'wait', at: '2026-01-01T00:00:00Z', about: null, by: 'lead' } as const;
  return {
    schema: 'maskloop.receipt/1',
    id: 'P/T',
    workflow: { runId: 'a', firstRunId: 'a' },
    startedAt: '2026-01-01T00:00:00Z',
    endedAt: '2026-01-02T00:00:00Z',
    input: iterationInput({
      tellPeople,
      people: ['ana', 'ben: to'],
      review: { reviewers: ['rita'], pick: { kind: 'all' } },
    }),
    categories: [],
    results: {
      assignment: {
        people: [
          { username: 'ana', jobs: 2, frames: 5 },
          { username: 'ben: to', jobs: 1, frames: 3 },
        ],
        others: 1,
      },
    },
    steps: [],
    decisions: [
      { ...decision, what: 'reassign', detail: 'ben: to to ana: jobs 3, 4' },
      { ...decision, what: 'extend', detail: 'until 2026-01-03T00:00:00Z' },
    ],
    versions: { maskloop: '0', cvat: null },
  };
}

describe('the receipt of an iteration', () => {
  it.each(['pseudonyms', 'none'] as const)('names no annotator and no reviewer with --people %s', (setting) => {
    const told = unnamedReceipt(receipt(setting));
    expect(JSON.stringify(told)).not.toMatch(/ana|ben|rita/);
    expect(told.input.people).toHaveLength(2);
    expect(told.input.review?.reviewers).toHaveLength(1);
    expect(told.results.assignment).toEqual({ people: [{ username: 'somebody', jobs: 3, frames: 8 }], others: 1 });
    expect(told.decisions.map(({ detail }) => detail)).toEqual([
      'somebody to somebody else: jobs 3, 4',
      'until 2026-01-03T00:00:00Z',
    ]);
    expect(told.decisions.map(({ by }) => by)).toEqual(['lead', 'lead']);
  });

  it('is left as it is with --people names', () => {
    expect(unnamedReceipt(receipt('names'))).toEqual(receipt('names'));
  });
});
