import { describe, expect, it } from '@jest/globals';
import { iterationOfLoop, type LoopIteration } from '../../../../src/activities/loop/iteration-of-loop.ts';
import { DEFAULT_RULES } from '../../../../src/contracts/conversion.ts';
import type { LoopPolicy } from '../../../../src/contracts/loop.ts';
import { SELECTION } from '../../../kit/fake-loop.ts';
import { ARTIFACT } from '../../../kit/fake-refs.ts';
import { loopPolicy } from '../../../kit/loop-policy.ts';

const NOW = new Date('2026-03-01T08:00:00.000Z');
const MASKS = { uri: 'file:///masks', sha256: 'bb', files: 2 };

function made(rules: LoopPolicy, beginning: NonNullable<LoopIteration['chosen']>['beginning']) {
  const chosen = { selection: SELECTION, beginning };
  return iterationOfLoop({ rules, policy: ARTIFACT, number: 3, chosen, hasHeldOut: false, now: NOW });
}

describe('the input of an iteration of a loop', () => {
  it('has the whole deadline of the policy, counted from its own start', () => {
    const more = { byMs: 3_600_000, times: 2, people: ['ben'], last: 'carry' } as const;
    const rules = loopPolicy();
    const deadline = { afterMs: 86_400_000, policy: 'reassign', more } as const;
    const { completion } = made({ ...rules, iteration: { ...rules.iteration, deadline } }, { kind: 'nothing' });
    expect(completion.deadline).toEqual({ at: '2026-03-02T08:00:00.000Z', ...deadline });
  });

  it('reads masks of people by the rules of the policy, and predicted ones as they are', () => {
    const rules = loopPolicy();
    const components = { connectivity: 8, minArea: 9 } as const;
    const given = { ...DEFAULT_RULES, unknown: 'skip', values: [[255, 1]], ignore: [254], components } as const;
    const conversion = { shardSize: 100, rules: given };
    const policy = { ...rules, iteration: { ...rules.iteration, conversion } };
    expect(made(policy, { kind: 'masks', masks: MASKS }).conversion).toEqual(conversion);
    const predicted = { shardSize: 100, rules: { ...DEFAULT_RULES, components } };
    expect(made(policy, { kind: 'predict' }).conversion).toEqual(predicted);
  });
});
