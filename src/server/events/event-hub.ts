import { randomBytes } from 'node:crypto';
import type { IterationChange } from '../../operations/lists/watch-iterations.ts';
import type { ServerLog } from '../log.ts';
import { seldom } from '../seldom.ts';
import { eventRing, type RingEvent } from './event-ring.ts';

/** What a stream tells: a change, that something was missed (`reset`), or whether Temporal answers. */
export type ServerEvent =
  | { readonly kind: 'iteration'; readonly change: IterationChange }
  | { readonly kind: 'reset' }
  | { readonly kind: 'temporal'; readonly answers: boolean };

export type Listener = (event: RingEvent<ServerEvent>) => void;

export interface EventHub {
  /** Tells of what comes from now on, after what came since `lastId`; a `reset` comes first where some of it is lost. */
  listen(listener: Listener, lastId: string | null): () => void;
  /** Ends all streams, and looks no more. */
  close(): Promise<void>;
  /** Told when the hub closes. */
  readonly closed: AbortSignal;
}

export interface EventHubOptions {
  readonly look: () => Promise<readonly IterationChange[]>;
  /** Time from the end of a look to the next one, in milliseconds. */
  readonly everyMs: number;
  /** Events that are kept for those who come back. */
  readonly size: number;
  readonly log: ServerLog;
}

const LOG_EVERY_MS = 60_000;

/** Looks once for all who listen, and only while somebody does or has lately. */
export function eventHub({ look, everyMs, size, log }: EventHubOptions): EventHub {
  const ring = eventRing<ServerEvent>(randomBytes(6).toString('hex'), size);
  const listeners = new Set<Listener>();
  const end = new AbortController();
  const failed = seldom(LOG_EVERY_MS, (times) => log.warn('could not look for changes of iterations', { times }));
  let answers = true;
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> = Promise.resolve();

  function tell(event: ServerEvent): void {
    const told = ring.push(event);
    for (const listener of listeners) listener(told);
  }

  async function lookOnce(): Promise<void> {
    let isThere = true;
    try {
      for (const change of await look()) tell({ kind: 'iteration', change });
    } catch {
      isThere = false;
      failed();
    }
    if (isThere !== answers) tell({ kind: 'temporal', answers: isThere });
    answers = isThere;
  }

  async function lookAndGoOn(): Promise<void> {
    await lookOnce();
    timer = null;
    // What changes while nobody listens is found at the first look afterwards, all at once.
    if (listeners.size > 0) schedule(everyMs);
  }

  function schedule(delayMs: number): void {
    if (timer !== null || end.signal.aborted) return;
    timer = setTimeout(() => {
      looking = lookAndGoOn();
    }, delayMs);
  }

  return {
    closed: end.signal,
    listen: (listener, lastId) => {
      const missed = lastId === null ? [] : ring.after(lastId);
      if (missed === null) listener({ id: ring.lastId, value: { kind: 'reset' } });
      for (const event of missed ?? []) listener(event);
      if (!answers) listener({ id: ring.lastId, value: { kind: 'temporal', answers } });
      listeners.add(listener);
      schedule(0);
      return () => void listeners.delete(listener);
    },
    close: async () => {
      end.abort();
      if (timer !== null) clearTimeout(timer);
      listeners.clear();
      await looking;
    },
  };
}
