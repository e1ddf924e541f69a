import { MaskloopError } from '../../contracts/error.ts';
import { currentModel, type ModelEvent } from '../../contracts/model-register.ts';
import type { Taken } from '../../contracts/training-activities.ts';
import { runName } from '../run-name.ts';
import { trainingUnderWay, type BeginPace } from '../training/never-begins.ts';
import { readRunRecord } from '../training/run-record.ts';
import { hasBegun } from '../training/submit-run.ts';
import type { ModelSite } from './published-model.ts';

/** An iteration that says nothing of its training for so long has ended without a word. */
const FORGOTTEN_MS = 24 * 3_600_000;

/**
 * Whether the iteration's own training has begun: exactly where a start would join it. One that gave way to another, or was
 * refused, has not.
 *
 * @throws MaskloopError `TrainingBusy` for another one that has not ended, nor will never begin
 */
export async function requireIdle(
  { trainer, store, model, signal }: ModelSite,
  own: { readonly id: string; readonly firstRunId: string; readonly tryNumber: number },
  pace?: BeginPace,
): Promise<'own training' | 'idle'> {
  const name = runName(own.id, own);
  const record = await readRunRecord(store, own.id, name);
  const all = await trainer.trainings(signal);
  if (hasBegun(all, name, record)) return 'own training';
  const other = await trainingUnderWay({ trainer, model, signal }, pace);
  if (other === null) return 'idle';
  throw new MaskloopError('TrainingBusy', `Model "${model}" is being trained by ${other.name ?? 'somebody else'}.`, {
    facts: { model, training: other.id },
  });
}

/**
 * Whether the published model is the one that should be: the one that the register names, or none where it is empty.
 *
 * @returns who took the model where it is another one; null where all is as it should be
 * @throws MaskloopError `ModelChanged` if it is another one that nobody took; `TrainingBusy` while another iteration decides
 */
export function checkRegister(
  events: readonly ModelEvent[],
  published: string | null,
  { id, model, taken, now }: { id: string; model: string; taken: readonly Taken[]; now: Date },
): Taken | null {
  const expected = currentModel(events);
  if (published === expected || expected === null) return null;
  const mine = taken.findLast(({ checksum }) => checksum === published);
  if (mine !== undefined) return mine;
  // A model that somebody else has put there decides nothing.
  const last = events.findLast(({ event }) => event !== 'found');
  const isUndecided = last?.event === 'training' || last?.event === 'trained';
  if (isUndecided && last.iteration !== id && now.getTime() - Date.parse(last.at) < FORGOTTEN_MS) {
    throw new MaskloopError(
      'TrainingBusy',
      `The iteration ${last.iteration} has not decided on model "${model}" yet.`,
      {
        facts: { model, iteration: last.iteration },
      },
    );
  }
  throw new MaskloopError(
    'ModelChanged',
    `The trainer publishes ${published ?? 'nothing'} as "${model}"; maskloop published ${expected} there last.`,
    { facts: { model, expected, published } },
  );
}
