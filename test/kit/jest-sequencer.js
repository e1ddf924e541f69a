import { createRequire } from 'node:module';
import path from 'node:path';

/** The slowest suites, slowest first: one that begins last has the others wait for it. */
const SLOWEST = [
  'test/workflow/long-loop.test.ts',
  'test/contract/fine-tune-sandbox.test.ts',
  'test/e2e/crashes.test.ts',
  'test/e2e/webhooks.test.ts',
  'test/workflow/training-turns.test.ts',
  'test/workflow/gate.test.ts',
  'test/recordings/replay-cvat.test.ts',
  'test/e2e/own-trainer.test.ts',
  'test/activity/training-set.test.ts',
  'test/contract/cvat-sandbox.test.ts',
  'test/workflow/long-waits.test.ts',
  'test/workflow/iteration.test.ts',
  'test/workflow/training.test.ts',
  'test/activity/forget.test.ts',
  'test/workflow/outages.test.ts',
  'test/workflow/people.test.ts',
  'test/contract/cvat-races.test.ts',
  'test/activity/guard/routes.test.ts',
  'test/activity/training-oddities.test.ts',
  'test/activity/training-restarts.test.ts',
  'test/workflow/withdrawal.test.ts',
  'test/workflow/seal.test.ts',
  'test/unit/coco/conversion-memory.test.ts',
  'test/workflow/conversion.test.ts',
  'test/e2e/operations.test.ts',
  'test/property/coco/fuzz.test.ts',
  'test/e2e/doctor.test.ts',
  'test/e2e/up.test.ts',
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
