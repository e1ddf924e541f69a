import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import { HELD_NAMES, type Hold } from '../contracts/hold.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { readHold, type HoldPlace } from './holds.ts';

/** What was read counts so long, in milliseconds: a request costs no look at the store. */
const FRESH_MS = 2000;

/** A hold may end sooner than it says: whoever tries again by itself does so after this time at most, in milliseconds. */
const LOOK_AGAIN_MS = 60_000;

/** Passed before each request to a server. @throws MaskloopError `OnHold` */
export type HoldGate = () => Promise<void>;

/**
 * Lets nothing through while a server is held. A store that does not answer leaves it as it was.
 *
 * @param now milliseconds since 1970
 */
export function holdGate(
  store: Pick<ArtifactStore, 'getNamed'>,
  place: HoldPlace,
  now: () => number = Date.now,
): HoldGate {
  let known: Hold | null = null;
  let reading: Promise<void> = Promise.resolve();
  let readAt = -Infinity;

  async function read(): Promise<void> {
    try {
      known = await readHold(store, place, now());
    } catch (error) {
      if (!isMaskloopError(error, 'StoreUnreachable')) throw error;
    }
  }

  return async () => {
    if (now() - readAt >= FRESH_MS) {
      readAt = now();
      reading = read();
    }
    await reading;
    if (known !== null && Date.parse(known.until) > now()) throw onHold(known, now());
  };
}

/** That nothing may be asked of a server now. */
export function onHold({ connection, server, until, note, by }: Hold, nowMs: number): MaskloopError {
  const why = note === '' ? '' : `: ${note}`;
  const message = `${HELD_NAMES[server]} of the connection ${connection} is on hold until ${until} by ${by}${why}`;
  return new MaskloopError('OnHold', message, {
    facts: { connection, server, until, note, by },
    retryAfterMs: Math.min(Date.parse(until) - nowMs, LOOK_AGAIN_MS),
  });
}
