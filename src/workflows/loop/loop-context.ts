import type { ForLoop } from '../../contracts/loop-activities.ts';
import type { LoopProxies } from './loop-proxies.ts';
import type { LoopSession } from './loop-session.ts';

/** What the parts of a loop work with. */
export interface LoopContext {
  readonly session: LoopSession;
  readonly proxies: LoopProxies;
}

/** What activities are told about the loop. */
export function forLoop({ input, state }: LoopSession): Omit<ForLoop, 'number'> {
  return { loop: input, policy: state.policy };
}
