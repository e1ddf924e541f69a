import type { LoopPolicy } from '../../contracts/loop.ts';
import type { SelectionRef } from '../../contracts/selection.ts';
import type { Running } from '../durable.ts';
import { requireTrainer } from '../training-of.ts';
import { masksOfSamples } from './first-masks.ts';
import type { Beginning } from './iteration-of-loop.ts';
import type { LoopDependencies } from './loop-dependencies.ts';

/** Held-out frames are labelled without help, so that they lean towards no model; else the published model helps. */
export async function beginningOf(
  { connect, store }: Pick<LoopDependencies, 'connect' | 'store'>,
  { rules, number }: { readonly rules: LoopPolicy; readonly number: number },
  { list }: Pick<SelectionRef, 'list'>,
  running: Running,
): Promise<Beginning> {
  if (number === 0) return { kind: 'nothing' };
  const { firstMasks, iteration, connection } = rules;
  const trainer = requireTrainer(connect(connection), connection);
  const published = await trainer.publishedModel(iteration.training.model, running.signal);
  if (published !== null || firstMasks.kind === 'predict') return { kind: 'predict' };
  if (firstMasks.kind === 'none') return { kind: 'nothing' };
  const masks = await masksOfSamples(store, { masks: firstMasks.masks, list }, running);
  return masks === null ? { kind: 'nothing' } : { kind: 'masks', masks };
}
