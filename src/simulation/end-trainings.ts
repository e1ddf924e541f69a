import { setTimeout as sleep } from 'node:timers/promises';
import type { Trainer } from '../trainer/trainer.ts';

const LOOK_MS = 200;
/** A training that does not end in a minute has ended for us. */
const LOOKS = 300;

/** Stops what trains, but for trainings of others, and waits until it has ended. @param others ids of these */
export async function endTrainings(trainer: Trainer, others: ReadonlySet<string>): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    const all = await trainer.trainings();
    const running = all.filter(({ id, status }) => !others.has(id) && (status === 'RUNNING' || status === 'SUBMITTED'));
    if (running.length === 0) return;
    for (const { id } of running) await trainer.stopTraining(id);
    await sleep(LOOK_MS);
  }
}
