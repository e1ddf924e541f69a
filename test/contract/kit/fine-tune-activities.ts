import type { Client } from '@temporalio/client';
import { createActivities } from '../../../src/activities/create-activities.ts';
import type { Connection } from '../../../src/activities/dependencies.ts';
import { createTurnActivities } from '../../../src/activities/training-turns.ts';
import { createWatchTraining } from '../../../src/activities/watch-training.ts';
import { inThisThread } from '../../../src/coco/mask-batches.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import type { FineTunePace } from './fine-tune-server.ts';
import type { TrainingWitness } from './training-witness.ts';
import { realTurns } from '../../kit/real-turns.ts';

/** What others do after an activity, before its workflow hears of the result. */
export type Afterwards = Partial<
  Record<'measureModel' | 'watchTraining', () => Promise<void>> & {
    /** Before people begin in the jobs of a task. */
    verifyImport: (taskId: number) => Promise<void>;
  }
>;

interface Surroundings {
  readonly client: Client;
  readonly connection: Connection;
  readonly store: ArtifactStore;
  readonly witness: TrainingWitness;
  readonly pace: FineTunePace;
  readonly after: Afterwards;
}

/** All activities of a worker, in a world whose people agree with every mask, with a witness of what is trained on. */
export function fineTuneActivities({ client, connection, store, witness, pace, after }: Surroundings): object {
  const { cvat } = connection;
  const connect = () => connection;
  const base = createActivities({ connect, store, masks: inThisThread, installation: null, version: 'contract' });
  const watch = createWatchTraining({ connect, store }, pace);
  const turns = createTurnActivities({
    connect,
    turns: realTurns(client),
    lookEveryMs: 500,
  });
  const observed: Pick<typeof base, 'verifyImport' | 'submitLabels' | 'measureModel' | 'watchTraining'> = {
    verifyImport: async (args) => {
      const imported = await base.verifyImport(args);
      await after.verifyImport?.(args.task.taskId);
      for (const { id } of await cvat.jobs(args.task.taskId)) await cvat.updateJob(id, { state: 'completed' });
      return imported;
    },
    submitLabels: async (args) => {
      const submission = await base.submitLabels(args);
      await witness.submitted(submission);
      return submission;
    },
    measureModel: async (args) => {
      const before = await base.measureModel(args);
      await witness.measured(before);
      await after.measureModel?.();
      return before;
    },
    watchTraining: async (args) => {
      const model = await watch(args);
      await after.watchTraining?.();
      return model;
    },
  };
  return { ...turns, ...base, ...observed };
}
