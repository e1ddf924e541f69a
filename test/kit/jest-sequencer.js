import { createRequire } from 'node:module';
import path from 'node:path';

/** The slowest suites, slowest first: one that begins last has the others wait for it. */
const SLOWEST = [
  'test/workflow/long-loop.test.ts',
  'test/contract/fine-tune-sandbox.test.ts',
  'test/e2e/crashes.test.ts',
  'test/web/loops.test.ts',
  'test/activity/guard/routes.test.ts',
  'test/web/start.test.ts',
  'test/web/iteration.test.ts',
  'test/e2e/simulate.test.ts',
  'test/activity/corrections.test.ts',
  'test/workflow/gate.test.ts',
  'test/recordings/replay-cvat.test.ts',
  'test/workflow/training-turns.test.ts',
  'test/web/models-and-schedules.test.ts',
  'test/e2e/loop.test.ts',
  'test/contract/cvat-sandbox.test.ts',
  'test/web/temporal-away.test.ts',
  'test/workflow/training.test.ts',
  'test/e2e/own-trainer.test.ts',
  'test/activity/forget.test.ts',
  'test/workflow/cvat-away.test.ts',
  'test/workflow/loop.test.ts',
  'test/web/jobs.test.ts',
  'test/activity/training-set.test.ts',
  'test/web/dashboard.test.ts',
  'test/e2e/two-loops.test.ts',
  'test/web/overview.test.ts',
  'test/activity/held-out-trained.test.ts',
  'test/web/readers.test.ts',
  'test/e2e/webhooks.test.ts',
  'test/activity/taken-up-edited.test.ts',
  'test/workflow/answers-and-turns.test.ts',
  'test/workflow/iteration.test.ts',
  'test/web/operators.test.ts',
  'test/activity/misplacement.test.ts',
  'test/activity/changed-images.test.ts',
  'test/workflow/deadlines.test.ts',
  'test/contract/cvat-races.test.ts',
  'test/activity/never-submitted.test.ts',
  'test/activity/another-trainer.test.ts',
  'test/activity/put-back-after-restart.test.ts',
  'test/workflow/loop-messages.test.ts',
  'test/workflow/notices.test.ts',
  'test/kit/temporal/rig.test.ts',
  'test/activity/set-aside.test.ts',
  'test/activity/guard/jobs-import.test.ts',
  'test/unit/server/run-server.test.ts',
  'test/workflow/outages.test.ts',
  'test/activity/training-oddities.test.ts',
  'test/workflow/cancelled-while-held.test.ts',
  'test/activity/selection-by-model.test.ts',
  'test/workflow/people.test.ts',
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
