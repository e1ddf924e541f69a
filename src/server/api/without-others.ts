import { isMaskloopError } from '../../contracts/error.ts';
import { placeOfId } from '../../contracts/ids.ts';
import type { IterationView } from '../../operations/describe-iteration.ts';
import { sees, type Principal } from '../access/principal.ts';

/** Stands for an iteration of a connection that the caller does not see. */
const ANOTHER = 'another';

/** A view without the ids of those who want the same trainer by connections that the caller does not see. */
export function withoutOthers(view: IterationView, who: Principal): IterationView {
  const { turns } = view;
  if (turns === null || who.connections === null) return view;
  const shown = <T extends { readonly id: string; readonly firstRunId: string }>(trainee: T): T =>
    sees(who, connectionOf(trainee.id)) ? trainee : { ...trainee, id: ANOTHER, firstRunId: '' };
  const holder = turns.holder === null ? null : shown(turns.holder);
  return { ...view, turns: { holder, waiting: turns.waiting.map(shown) } };
}

/** Empty for what is no iteration: nobody's. */
function connectionOf(id: string): string {
  try {
    return placeOfId(id).connection;
  } catch (error) {
    if (isMaskloopError(error)) return '';
    throw error;
  }
}
