import { MaskloopError, type Fact } from '../../contracts/error.ts';
import type { FailureCode } from '../../contracts/failures.ts';
import { trainingUnderWay } from '../training/never-begins.ts';
import type { ModelSite } from './published-model.ts';

/** Refuses while a training of the model is under way: it would publish over what is put there. @throws MaskloopError of this code */
export async function requireUntrained({ trainer, model, signal }: ModelSite, code: FailureCode): Promise<void> {
  const busy = await trainingUnderWay({ trainer, model, signal });
  if (busy === null) return;
  const facts: Record<string, Fact> = { model, training: busy.id };
  throw new MaskloopError(code, `Model "${model}" is being trained (${busy.name ?? busy.id}).`, { facts });
}
