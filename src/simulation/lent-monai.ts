import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import { heldOutTask } from '../contracts/held-out-task.ts';
import { loopFolder } from '../contracts/ids.ts';
import type { LoopPolicy } from '../contracts/loop.ts';
import { imageId } from '../monai/image-id.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { Trainer } from '../trainer/trainer.ts';
import { endTrainings } from './end-trainings.ts';

/** A MONAI Label that a simulation has for itself, and the model that it goes back to after every loop. */
export interface LentMonai {
  /** Checksum of the model that each loop begins with; null for none. */
  readonly model: string | null;
  /** Notes that a loop works with it. @param heldOut names of the frames that are measured */
  lend(policy: LoopPolicy, heldOut: readonly string[]): void;
  /**
   * Ends what trains, takes out what loops have put in, and publishes the model from before. The documents of the store, which
   * is the simulation's own, are removed.
   */
  giveBack(): Promise<void>;
}

const samples = z.object({ task: z.string(), samples: z.array(z.object({ name: z.string() })) });

/**
 * Borrows a MONAI Label for loops of one store: only an empty one. With several loops to compare it has to have a published model, since there is no way
 * back to none.
 *
 * @throws MaskloopError `TrainerNotFree`, and what the trainer throws
 */
export async function borrowMonai(
  trainer: Trainer,
  store: ArtifactStore,
  { model, runs, signal }: { readonly model: string; readonly runs: number; readonly signal: AbortSignal },
): Promise<LentMonai> {
  const { images, labelled } = await trainer.counts(signal);
  if (images > 0) {
    throw notFree(trainer, `holds ${images} images, ${labelled} of them with labels: they would be trained on as well`);
  }
  const { evidence } = await trainer.otherFeed(signal);
  if (evidence !== null) throw notFree(trainer, `is fed by others: ${evidence}`);
  const published = await trainer.publishedModel(model, signal);
  if (published === null && runs > 1) {
    throw notFree(
      trainer,
      `has no published model "${model}": after the first of ${runs} loops it could not go back to none`,
    );
  }
  const before = published === null ? null : await trainer.getModel(model, signal);
  const others = new Set((await trainer.trainings(signal)).map(({ id }) => id));
  const lent: { readonly policy: LoopPolicy; readonly heldOut: readonly string[] }[] = [];
  return {
    model: published?.checksum ?? null,
    lend: (policy, heldOut) => void lent.push({ policy, heldOut }),
    giveBack: async () => {
      if (lent.length === 0) return;
      await endTrainings(trainer, others);
      for (const { policy, heldOut } of lent) {
        for (const id of await imagesOf(store, policy, heldOut)) await trainer.removeImage(id);
      }
      if (before !== null) await trainer.putModel(model, before);
      // The next loop finds the trainer as the first one did: what is noted of its models and labels is true no more.
      for (const name of await store.listNamed('')) await store.removeNamed(name);
      lent.length = 0;
    },
  };
}

function notFree({ address }: Trainer, why: string): MaskloopError {
  return new MaskloopError('TrainerNotFree', `MONAI Label at ${address} ${why}.`, { facts: { trainer: address } });
}

/** Ids of all images that a loop may have handed over, whether or not it has come to an end. */
async function imagesOf(
  store: ArtifactStore,
  policy: LoopPolicy,
  heldOut: readonly string[],
): Promise<readonly string[]> {
  const { connection, project } = policy;
  const ids: string[] = [];
  for (const name of await store.listNamed(`${loopFolder(policy)}samples/`)) {
    const bytes = await store.getNamed(name);
    const list = bytes === null ? null : samples.parse(JSON.parse(new TextDecoder().decode(bytes)));
    for (const frame of list?.samples ?? []) {
      ids.push(imageId({ connection, project, task: list?.task ?? '', frame: frame.name }));
    }
  }
  const source = policy.iteration.training.heldOut;
  if (source?.kind !== 'folder') return ids;
  const task = heldOutTask(source.images);
  return [...ids, ...heldOut.map((frame) => imageId({ connection, project, task, frame }))];
}
