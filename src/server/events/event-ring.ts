/** Something that happened, as a stream tells it. */
export interface RingEvent<T> {
  /** `RUN-NUMBER`: the run of the server, and the number of the event in it. */
  readonly id: string;
  readonly value: T;
}

export interface EventRing<T> {
  /** Id of the newest event; `RUN-0` before the first. */
  readonly lastId: string;
  push(value: T): RingEvent<T>;
  /** Events after the one of this id; null where some of them are no longer known, or it is of another run. */
  after(id: string): readonly RingEvent<T>[] | null;
}

/**
 * The newest events of a run of the server.
 *
 * @param run tells this run from others
 * @param size events that are kept
 */
export function eventRing<T>(run: string, size: number): EventRing<T> {
  const events: RingEvent<T>[] = [];
  let count = 0;
  return {
    get lastId() {
      return `${run}-${count}`;
    },
    push: (value) => {
      count += 1;
      const event = { id: `${run}-${count}`, value };
      events.push(event);
      if (events.length > size) events.shift();
      return event;
    },
    after: (id) => {
      const [of, text = ''] = id.split('-');
      const number = Number(text);
      if (of !== run || !/^\d+$/.test(text) || number > count || number < count - events.length) return null;
      return events.slice(events.length - (count - number));
    },
  };
}
