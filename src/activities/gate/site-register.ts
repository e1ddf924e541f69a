import type { ModelEvent, ModelPlace, RegisterPlace } from '../../contracts/model-register.ts';
import { addModelEvent, readModelEvents } from '../../models/model-register.ts';
import { chainOf } from '../training-set/set-chain.ts';
import type { ModelSite } from './published-model.ts';

/** Where the register of a model is: with its trainer, whatever connection leads there. */
export function registerOf({ trainer, connection, model }: ModelSite): RegisterPlace {
  return { trainer: chainOf(trainer), connection, model };
}

/** All that happened to the model of a place, oldest first. @throws what the register throws */
export async function readEvents(site: ModelSite): Promise<readonly ModelEvent[]> {
  return readModelEvents(site.store, registerOf(site));
}

/** Says in the register what happened; an earlier try's word is not repeated. @throws what the register throws */
export async function noteEvent(
  site: ModelSite,
  event: Omit<ModelEvent, 'number' | 'schema' | 'trainer' | keyof ModelPlace>,
): Promise<void> {
  const { kind, address } = site.trainer;
  await addModelEvent(site.store, registerOf(site), { trainer: { kind, address }, ...event });
}
