import { describe, expect, it } from '@jest/globals';
import { runCli } from '../../../src/cli/run-cli.ts';
import type { IterationInput } from '../../../src/contracts/iteration.ts';
import { fakeTerminal } from './fake-context.ts';

const IMAGES = { uri: 'file:///images', sha256: 'bb', files: 2 };

/** Runs `start` with the flags that are always needed and some more; gives what would have been started. */
async function startWith(...flags: readonly string[]) {
  const inputs: IterationInput[] = [];
  const terminal = fakeTerminal(
    {
      parseCategories: async () => [{ id: 1, name: 'tool' }],
      describeFolder: async () => IMAGES,
      putArtifact: async () => ({ uri: 'store:cc', sha256: 'cc', bytes: 24 }),
    },
    {
      start: async ({ input }) => {
        inputs.push(input);
        return { id: 'P/T', outcome: 'started' };
      },
    },
  );
  // Any file of JSON will do: what is in it is said above.
  const words = ['start', '--project', 'P', '--task', 'T', '--categories', 'package.json'];
  const code = await runCli([...words, ...flags], terminal.context);
  return { code, input: inputs[0], stderr: terminal.stderr() };
}

describe('start --predict', () => {
  it('has masks predicted by the model that is trained', async () => {
    const { input } = await startWith('--predict', '--model', 'segmentation');
    expect(input).toMatchObject({ masks: null, predict: { model: 'segmentation' } });
  });

  it('has them predicted by another model, or without a training, where one is named', async () => {
    expect((await startWith('--predict', 'older', '--model', 'segmentation', '--rebuild')).input).toMatchObject({
      predict: { model: 'older' },
      training: { model: 'segmentation' },
      importScope: 'rebuild',
    });
    expect((await startWith('--predict', 'older', '--no-train', '--images', '/images')).input).toMatchObject({
      predict: { model: 'older' },
      training: null,
      images: IMAGES,
    });
  });

  it('wants the model named where none is trained', async () => {
    const { code, input, stderr } = await startWith('--predict', '--no-train');
    expect([code, input]).toEqual([2, undefined]);
    expect(stderr).toContain('Pass --predict MODEL');
  });

  it.each([
    ['--masks', '/masks'],
    ['--map', '255=1'],
    ['--ignore', '255'],
    ['--label-map', 'map.txt'],
    ['--unknown', 'skip'],
  ])('has no meaning beside %s', async (flag, value) => {
    const { code, input, stderr } = await startWith('--predict', 'segmentation', '--no-train', flag, value);
    expect([code, input]).toEqual([2, undefined]);
    expect(stderr).toMatch(new RegExp(`${flag}.* has no meaning with --predict\\.`));
  });

  it('has no meaning where a task is only observed', async () => {
    const { code, stderr } = await startWith('--as-is', '--predict', 'segmentation', '--no-train');
    expect(code).toBe(2);
    expect(stderr).toContain('--predict has no meaning with --as-is.');
  });
});

describe('an iteration that begins from scratch', () => {
  it('is given its task and its people, and refuses what tells of masks or of an import', async () => {
    const started = await startWith('--from-scratch', '--no-train', '--assign', 'anna', '--segment-size', '5');
    expect(started.input).toMatchObject({ masks: null, fromScratch: true, people: ['anna'], segmentSize: 5 });
    expect(started.input).not.toHaveProperty('predict');
    for (const flags of [['--masks', '/masks'], ['--rebuild'], ['--map', '255=1'], ['--predict', 'm']]) {
      const refused = await startWith('--from-scratch', '--no-train', ...flags);
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('no meaning with --from-scratch')]);
    }
    expect((await startWith('--from-scratch', '--as-is', '--no-train')).code).toBe(2);
  });
});
