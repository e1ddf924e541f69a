import { describe, expect, it } from '@jest/globals';
import { parseMixture } from '../../../src/notation/mixture.ts';
import { canonicalJson } from '../../../src/storage/canonical-json.ts';
import { parseLoopPolicy } from '../../../src/loop-file/policy/stored-policy.ts';
import { simulatedPolicy, type SimulationStart } from '../../../src/simulation/simulated-policy.ts';
import { loopPolicy } from '../../kit/loop-policy.ts';

const folder = (name: string) => ({ uri: `file:///${name}`, sha256: 'ab'.repeat(32), files: 3 });
const start: SimulationStart = {
  pool: folder('pool'),
  heldOut: { images: folder('images'), masks: folder('masks') },
  firstMasks: { kind: 'none' },
  hasModel: false,
};
const variant = { name: 'diverse', mixture: parseMixture('diverse'), batchSize: 9 };
const run = (seed: number) => ({ key: `variant-1-seed-${seed}`, variant, seed });
const { iteration } = loopPolicy();
const given = loopPolicy({
  heldOutTask: { frames: 4 },
  stop: [{ rule: 'target', dice: 0.5, action: 'ask' }],
  pace: 'schedule',
  minNewFrames: 7,
  iteration: {
    ...iteration,
    people: ['anna'],
    review: { reviewers: ['ben'], pick: { kind: 'all' } },
    deadline: { afterMs: 1000, policy: 'attention' },
    seal: { quietMs: 600_000 },
    training: {
      ...iteration.training,
      group: 'folder',
      window: { from: '20:00', to: '06:00', timeZone: 'Europe/Berlin' },
      gate: { policy: 'ask', floors: { all: 0.2, classes: {} } },
    },
  },
});

describe('the policy of a simulated loop', () => {
  it('chooses as the variant says, from candidates that a batch can be taken of', () => {
    const policy = simulatedPolicy(given, run(1), start, 4);
    expect(policy.selection).toMatchObject({ mixture: variant.mixture, candidates: 9 });
    expect(policy).toMatchObject({ batchSize: 9, connection: 'variant-1-seed-1', minNewFrames: 1 });
    expect(policy.stop).toEqual([expect.objectContaining({ rule: 'budget', iterations: 4, action: 'stop' })]);
  });

  it('draws alike for the same seed in every variant, and otherwise for another one', () => {
    const other = { ...run(1), key: 'variant-2-seed-1' };
    const seedOf = (one: typeof other) => {
      const { selection, name } = simulatedPolicy(given, one, start, 4);
      return `${name} ${selection.seed}`;
    };
    expect(seedOf(other)).toBe(seedOf(run(1)));
    expect(seedOf(run(2))).not.toBe(seedOf(run(1)));
  });

  it('waits for nobody and asks nobody', () => {
    const { iteration: made, pace, notices, heldOutTask } = simulatedPolicy(given, run(1), start, 4);
    expect(made).toMatchObject({ people: [], seal: { quietMs: 0 }, completion: { rule: 'state', pollMs: 1000 } });
    expect(Object.keys(made)).not.toContain('deadline');
    expect(Object.keys(made)).not.toContain('review');
    expect(Object.keys(made.training)).not.toContain('window');
    expect(made.training.gate).toEqual({ policy: 'if-better', floors: { all: 0.2, classes: {} } });
    expect(made.training).toMatchObject({ group: 'folder', heldOutFraction: 0, heldOut: { kind: 'folder' } });
    expect({ pace, notices, heldOutTask }).toEqual({ pace: 'continuous', notices: null, heldOutTask: null });
  });

  it('has a model predict at first only where there is one', () => {
    const predict = { ...start, firstMasks: { kind: 'predict' } as const };
    expect(simulatedPolicy(given, run(1), predict, 4).firstMasks).toEqual({ kind: 'none' });
    expect(simulatedPolicy(given, run(1), { ...predict, hasModel: true }, 4).firstMasks).toEqual({ kind: 'predict' });
  });

  it('is a policy as loops read it', () => {
    const policy = simulatedPolicy(given, run(1), start, 4);
    const { categories } = policy;
    const whole = { ...policy, categories: { ...categories, sha256: 'cd'.repeat(32) } };
    expect(parseLoopPolicy(Buffer.from(canonicalJson(whole)))).toEqual(whole);
  });
});
