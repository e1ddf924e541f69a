import { createRequire } from 'node:module';
import path from 'node:path';

/** The slowest suites, slowest first: one that begins last has the others wait for it. */
const SLOWEST = [
  'test/e2e/crashes.test.ts',
  'test/e2e/webhooks.test.ts',
  'test/activity/guard/routes.test.ts',
  'test/recordings/replay-cvat.test.ts',
  'test/unit/sandbox/monai/replay.test.ts',
  'test/workflow/conversion.test.ts',
  'test/workflow/long-waits.test.ts',
  'test/e2e/operations.test.ts',
  'test/contract/cvat-sandbox.test.ts',
  'test/e2e/up.test.ts',
  'test/activity/labels-and-training.test.ts',
  'test/activity/misplacement.test.ts',
  'test/contract/iteration-sandbox.test.ts',
  'test/kit/temporal/dev-server.test.ts',
  'test/workflow/wake-ups.test.ts',
];

// Jest's own sequencer, as Jest finds it.
const jest = createRequire(createRequire(import.meta.url).resolve('jest'));
const { default: Sequencer } = createRequire(jest.resolve('@jest/core'))('@jest/test-sequencer');

/** Begins with what failed before, then by the durations of the run before; where there is none, with the slowest. */
export default class SlowestFirst extends Sequencer {
  async sort(tests) {
    // oxlint-disable-next-line unicorn/no-array-sort -- a sequencer's, which returns another array
    const sorted = await super.sort(tests);
    if (sorted.every(({ duration }) => duration !== undefined)) return sorted;
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

function placeOf({ path: file, context }) {
  const place = SLOWEST.indexOf(path.relative(context.config.rootDir, file).split(path.sep).join('/'));
  return place === -1 ? SLOWEST.length : place;
}
