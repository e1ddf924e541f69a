import type { Proxies } from '../proxies.ts';
import type { Session } from '../session.ts';

/** What the steps of an iteration work with. */
export interface StepContext {
  readonly session: Session;
  readonly proxies: Proxies;
}
