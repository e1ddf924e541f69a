import { createWithdrawalActivities } from '../../src/activities/withdrawals.ts';
import type { IterationResults } from '../../src/contracts/iteration.ts';
import type { ExcludeInput, ForgetInput, FramePlace, WithdrawalActivities } from '../../src/contracts/withdrawal.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import type { Trainer } from '../../src/trainer/trainer.ts';
import { quietEnvironment, type ActivitySite } from './activity-site.ts';

export const ASKED = { by: 'tester', note: 'smoke on the lens' };

export interface WithdrawalOptions {
  /** After so many changes of store and trainer, each further one fails as in a crash. */
  readonly changes?: number;
  /** The task whose frames are excluded or forgotten; that of the site if left out. */
  readonly task?: string;
  /** What iterations without a receipt hold. */
  readonly running?: readonly { readonly place: FramePlace; readonly value: IterationResults }[];
}

/** What a change fails with in place of a crash. */
export const CRASH = 'the worker crashed';

/** Methods that change something, each of which counts. */
const CHANGES = new Set([
  'put',
  'putNamed',
  'createNamed',
  'removeNamed',
  'remove',
  'putLabel',
  'removeLabel',
  'removeImage',
]);

function mortal<T extends object>(target: T, beforeChange: () => void): T {
  return new Proxy(target, {
    get(of, name) {
      const value = Reflect.get(of, name) as unknown;
      if (typeof value !== 'function' || !CHANGES.has(String(name))) return value;
      return async (...args: unknown[]): Promise<unknown> => {
        beforeChange();
        return Reflect.apply(value, of, args) as unknown;
      };
    },
  });
}

/** The activities that withdraw frames, run as a worker would. */
export function withdrawalsOf(
  site: ActivitySite,
  { changes = Infinity, running = [], task = site.input.task }: WithdrawalOptions = {},
) {
  let left = changes;
  const beforeChange = (): void => {
    if (left === 0) throw new Error(CRASH);
    left -= 1;
  };
  const store: ArtifactStore = mortal(site.store, beforeChange);
  const trainer: Trainer = mortal(monaiTrainer(site.monai), beforeChange);
  const activities = createWithdrawalActivities({
    connect: () => ({ cvat: site.cvat, monai: site.monai, trainer }),
    store,
    running: async () => running,
    turns: { request: async () => 'turns' },
  });
  const run = async <A, R>(activity: (args: A) => Promise<R>, args: A): Promise<R> =>
    quietEnvironment().run<[A], R, typeof activity>(activity, args);
  const { connection, project } = site.input;
  const place = { connection, project, task };
  const settle = async (): ReturnType<WithdrawalActivities['settleExclusions']> =>
    run(activities.settleExclusions, { connection, id: 'exclude:test' });
  return {
    settle,
    async record(what: ExcludeInput['what'], frames: readonly string[]) {
      return run(activities.recordExclusion, { ...place, ...ASKED, what, frames });
    },
    async plan(frames: readonly string[], where: Partial<ForgetInput> = {}) {
      const open = { connection: null, project: null, task: null };
      return run(activities.planForget, { ...open, ...ASKED, frames, confirmed: false, ...where });
    },
    async forget(frames: readonly string[], where: Partial<FramePlace> = {}) {
      const input = { ...place, ...ASKED, frames, confirmed: true, runId: 'forget-frames', ...where };
      return run(activities.forgetFrames, input);
    },
  };
}
