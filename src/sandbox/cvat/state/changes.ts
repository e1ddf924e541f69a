import { AsyncLocalStorage } from 'node:async_hooks';
import type { Project, Task } from './entities.ts';

/** What can be written, by CVAT's own word in the names of webhook events. */
export type ChangedKind =
  | 'project'
  | 'task'
  | 'job'
  | 'issue'
  | 'comment'
  | 'organization'
  | 'membership'
  | 'invitation'
  | 'request';

/** One thing that was written, or is about to be deleted. */
export interface Change {
  readonly action: 'create' | 'update' | 'delete' | 'completed';
  readonly kind: ChangedKind;
  readonly id: number | string;
  /** Set where a request was about the very thing, which it did not just touch on the way. */
  readonly isAddressed?: boolean;
}

/** On whose behalf something is written. */
export interface Actor {
  readonly userId: number;
  /** `http://{Host}` of the request, or of the one that a worker was started by. */
  readonly origin: string;
  readonly isWorker: boolean;
  /** May they see this project or task, and so its name? */
  sees(item: Project | Task): boolean;
}

export interface ChangeListener {
  /**
   * Looks at a change when it happens.
   *
   * @param actor undefined where nobody is known, such as in a test that writes the state itself
   * @returns what tells others of it, to be called once when the time has come
   */
  noticed(change: Change, actor: Actor | undefined): () => void;
  /** Takes the present values of a thing as known, since CVAT writes some in bulk without telling anybody. */
  refreshed(kind: ChangedKind, id: number): void;
}

interface Listened {
  readonly listeners: Set<ChangeListener>;
}

const actors = new AsyncLocalStorage<Actor>();

/** Does something on behalf of a user, its asynchronous parts included. */
export function actAs<T>(actor: Actor, work: () => T): T {
  return actors.run(actor, work);
}

export function currentActor(): Actor | undefined {
  return actors.getStore();
}

/** Tells the listeners of a change that has just happened. */
export function announce(state: Listened, change: Change): void {
  prepare(state, change)();
}

/** Shows the listeners a thing as it is now; what they make of it is told when the returned function is called. */
export function prepare(state: Listened, change: Change): () => void {
  const actor = actors.getStore();
  const tell = [...state.listeners].map((listener) => listener.noticed(change, actor));
  return () => {
    for (const one of tell) one();
  };
}

/** For writes that CVAT makes in bulk, of which it tells nobody. */
export function refresh(state: Listened, kind: ChangedKind, id: number): void {
  for (const listener of state.listeners) listener.refreshed(kind, id);
}
