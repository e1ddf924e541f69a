/** How wake-ups are joined and bounded. Times are in milliseconds. */
export interface WakeQueueOptions<P> {
  /** What two wake-ups must have in common to be joined. */
  readonly keyOf: (place: P) => string;
  /** Wakes what waits there. A rejection is tried again after `everyMs`. */
  readonly send: (place: P) => Promise<void>;
  /** A place is woken at once, then at most once in this time; what comes meanwhile is one more wake-up at its end. */
  readonly everyMs: number;
  /** Places that may be waited for at the same time. */
  readonly most: number;
  /** A wake-up that failed so often in a row is given up: the poll reads CVAT anyway. */
  readonly mostTries: number;
  /** Told of each failed try. */
  readonly onFailure: (failure: { readonly place: P; readonly error: unknown; readonly givenUp: boolean }) => void;
}

export interface WakeQueue<P> {
  /** Takes a wake-up; false if the queue is full. It returns at once. */
  push(place: P): boolean;
  /** Places that are being woken or may not be woken again yet. */
  readonly size: number;
  /** Sends what still waits, each place once, without regard to `everyMs`. Nothing is taken any more. */
  close(): Promise<void>;
}

interface Entry<P> {
  readonly place: P;
  /** A wake-up came since the last one was sent. */
  again: boolean;
  tries: number;
  sending: Promise<void>;
  timer: NodeJS.Timeout | null;
}

/** Wake-ups in memory: the first is sent at once, the last is always sent, and no place costs more than its share. */
export function createWakeQueue<P>(options: WakeQueueOptions<P>): WakeQueue<P> {
  const entries = new Map<string, Entry<P>>();
  let closed = false;

  async function attempt(entry: Entry<P>): Promise<void> {
    entry.again = false;
    try {
      await options.send(entry.place);
      entry.tries = 0;
    } catch (error) {
      entry.tries += 1;
      const givenUp = entry.tries >= options.mostTries;
      if (!givenUp) entry.again = true;
      options.onFailure({ place: entry.place, error, givenUp });
    }
  }

  function start(key: string, entry: Entry<P>): void {
    entry.timer = setTimeout(() => void rest(key, entry), options.everyMs);
    entry.sending = attempt(entry);
  }

  /** The time of a place is over: it is woken once more, or forgotten. */
  async function rest(key: string, entry: Entry<P>): Promise<void> {
    await entry.sending;
    if (closed) return;
    if (entry.again) start(key, entry);
    else entries.delete(key);
  }

  return {
    get size() {
      return entries.size;
    },

    push(place) {
      if (closed) return false;
      const key = options.keyOf(place);
      const known = entries.get(key);
      if (known !== undefined) {
        known.again = true;
        known.tries = 0;
        return true;
      }
      if (entries.size >= options.most) return false;
      const entry: Entry<P> = { place, again: false, tries: 0, sending: Promise.resolve(), timer: null };
      entries.set(key, entry);
      start(key, entry);
      return true;
    },

    async close() {
      closed = true;
      await Promise.all(
        [...entries.values()].map(async (entry) => {
          if (entry.timer !== null) clearTimeout(entry.timer);
          await entry.sending;
          if (entry.again) await attempt(entry);
        }),
      );
      entries.clear();
    },
  };
}
