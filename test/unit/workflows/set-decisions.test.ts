import { describe, expect, it } from '@jest/globals';
import type { DecisionName } from '../../../src/contracts/decision.ts';
import { setDecisions } from '../../../src/workflows/set-decisions.ts';

function decided(what: DecisionName): boolean {
  const common = { at: '2026-01-01T00:00:00.000Z', by: 'ines', step: 'train', waitedMs: 0 } as const;
  return setDecisions({ decisions: [{ ...common, what, about: 'TrainingSetDiffers' }] }).putBack;
}

describe('consent to put labels back', () => {
  it('is a retry or an approval, and nothing else that is decided meanwhile', () => {
    expect([decided('retry'), decided('approve')]).toEqual([true, true]);
    expect((['skip', 'pause', 'resume', 'extend'] as const).map(decided)).toEqual([false, false, false, false]);
  });
});
