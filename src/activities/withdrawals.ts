import type { WithdrawalActivities } from '../contracts/withdrawal.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { requireTrainer } from './training-of.ts';
import type { TurnGiver } from './training-turns.ts';
import { addExclusion } from './withdrawal/exclusion-document.ts';
import { framesInCvat, framesMeant } from './withdrawal/frames-meant.ts';
import { lookForFrames, resultOf, viewOf, type LookingPlace } from './withdrawal/look-for-frames.ts';
import { removeFrames, stillHeld } from './withdrawal/remove-frames.ts';
import { settleWithdrawn } from './withdrawal/settle-withdrawn.ts';

export interface WithdrawalDependencies
  extends Pick<ActivityDependencies, 'connect' | 'store'>, Pick<LookingPlace, 'running'> {
  readonly turns: Pick<TurnGiver, 'request'>;
}

/** The activities that take frames out of training, and that forget frames. */
export function createWithdrawalActivities({
  connect,
  store,
  running,
  turns,
}: WithdrawalDependencies): WithdrawalActivities {
  return {
    askForTurn: durable(async ({ connection, id, firstRunId }) => {
      const { trainer } = connect(connection);
      return { turns: trainer === null ? null : await turns.request(trainer.address, { id, firstRunId }) };
    }),
    recordExclusion: durable(async (input, { signal }) => {
      const { connection, project, task, what, by, note } = input;
      const place = { connection, project, task };
      const view = await viewOf({ store, connect, running, signal });
      const sealed = [...view.frames.values()].filter(
        (one) => one.connection === connection && one.project === project && one.task === task,
      );
      const known = sealed.length > 0 ? sealed : await framesInCvat(connect(connection).cvat, place, signal);
      const frames = framesMeant(known, input.frames).map(({ frame }) => frame);
      let changed = 0;
      for (const frame of frames) {
        const isNew = await addExclusion(store, place, frame, { what, by, note, at: new Date().toISOString() });
        changed += isNew ? 1 : 0;
      }
      return { frames, changed };
    }),
    settleExclusions: durable(async ({ connection, id }, { signal }) => {
      return settleWithdrawn({ store, trainer: requireTrainer(connect(connection), connection), by: id, signal });
    }),
    planForget: durable(async (input, { signal }) => {
      const found = await lookForFrames({ store, connect, running, signal }, input);
      return resultOf(found, false, await stillHeld(store, found.artifacts));
    }),
    forgetFrames: durable(async (input, { signal }) => {
      const found = await lookForFrames({ store, connect, running, signal }, input);
      const held = await stillHeld(store, found.artifacts);
      const { by, note, runId } = input;
      await removeFrames({ store, by, note, runId, at: new Date().toISOString(), signal }, found);
      return resultOf(found, true, held);
    }),
  };
}
