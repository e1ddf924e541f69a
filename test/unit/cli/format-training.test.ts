import { describe, expect, it } from '@jest/globals';
import { gateRows } from '../../../src/cli/format/gate.ts';
import { formatTable } from '../../../src/cli/format/table.ts';
import { trainingSetRows } from '../../../src/cli/format/training-set.ts';
import type { PromotionRef } from '../../../src/contracts/gate.ts';
import { ARTIFACT, TRAINING_SET } from '../../kit/fake-activities.ts';

const PROMOTION: PromotionRef = {
  policy: 'ask',
  verdict: 'better',
  reasons: [],
  outcome: 'promoted',
  checksum: 'SHA256:cc',
  published: 'SHA256:cc',
  by: 'ines',
  at: '2026-01-01T00:00:00.000Z',
};

describe('what was trained on, on a page', () => {
  it('says nothing where there was nothing but the iteration’s own labels', () => {
    expect(trainingSetRows({ trainingSet: TRAINING_SET })).toEqual([]);
  });

  it('tells labels of others, those that were set aside, and what changed', () => {
    const trainingSet = { ...TRAINING_SET, earlier: 12, approved: 1, aside: 3 };
    const differs = { count: 2, first: [], list: ARTIFACT };
    expect(formatTable(trainingSetRows({ trainingSet, trainingSetAfter: { ...trainingSet, differs } }))).toBe(
      [
        'with them  12 labels of earlier iterations',
        'approved   1 label of others',
        'set aside  3 labels of iterations without a receipt',
        'changed    2 labels during the training',
      ].join('\n'),
    );
  });
});

describe('frames that are held out and not measured', () => {
  it('are told with what keeps each of them from being trained on, and how many more there are', () => {
    const unmeasured = { copies: 1, others: 2, first: ['b.png (the picture of a.png)', 'c.png (held out by P/x)'] };
    const submission = { manifest: ARTIFACT, training: 2, heldOut: 4, unmeasured };
    expect(trainingSetRows({ trainingSet: TRAINING_SET, submission })).toEqual([
      ['held out too', '3 frames, not measured: b.png (the picture of a.png), c.png (held out by P/x) and 1 more'],
    ]);
  });
});

describe('labels that were trained on for the first time, and what could not be seen', () => {
  it('are told with the iterations that sealed them', () => {
    const tookUp = { count: 1, first: ['P/a'], labels: 12 };
    const submission = { manifest: ARTIFACT, training: 2, heldOut: 1, tookUp };
    expect(trainingSetRows({ submission, trainingSet: { ...TRAINING_SET, feedNotKnown: true } })).toEqual([
      ['for the first time', '12 labels of 1 iteration that had not trained: P/a'],
      ['not known', expect.stringContaining('fetches labels from CVAT itself')],
    ]);
  });
});

describe('labels that were never submitted', () => {
  it('are told of with the iterations that sealed them, as far as these are named', () => {
    const rows = (count: number) =>
      trainingSetRows({ trainingSet: { ...TRAINING_SET, neverSubmitted: { count, first: ['P/a', 'P/b'] } } });
    expect(rows(2)).toEqual([['never submitted', 'sealed labels of 2 iterations: P/a, P/b']]);
    expect(rows(12)).toEqual([['never submitted', 'sealed labels of 12 iterations: P/a, P/b and more']]);
  });
});

describe('labels that are not trained on yet, or elsewhere', () => {
  it('are told with the reason, and with the iterations', () => {
    const notTakenUp = {
      count: 3,
      first: [
        { iteration: 'P/a', frame: null, why: 'Its image is lost.' },
        { iteration: 'P/b', frame: 'x.png', why: 'its job is not complete' },
      ],
    };
    const submission = { manifest: ARTIFACT, training: 2, heldOut: 1, notTakenUp };
    const trainingSet = { ...TRAINING_SET, elsewhere: { count: 1, first: ['P/c'] } };
    expect(trainingSetRows({ submission, trainingSet })).toEqual([
      ['not yet', 'P/a: Its image is lost.'],
      ['not yet', 'x.png of P/b: its job is not complete'],
      ['not yet', 'and 1 more'],
      ['trained elsewhere', 'sealed labels of 1 iteration, at another trainer alone: P/c'],
    ]);
  });
});

describe('what became of a model, on a page', () => {
  it.each([
    [{}, 'promoted by ines'],
    [{ outcome: 'put back', by: null }, 'put back'],
    [{ outcome: 'replaced' }, 'declined by ines, as another one was published since'],
    [{ outcome: 'replaced', by: null }, 'not published, as another one was published since'],
  ] as const)('never reads as if the person had replaced it: %j', (changes, said) => {
    const rows = gateRows({ promotion: { ...PROMOTION, ...changes } });
    expect(rows.find(([name]) => name === 'outcome')).toEqual(['outcome', said]);
  });
});
