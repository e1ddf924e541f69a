import { failureFrom } from '../../src/activities/to-failure.ts';
import type { HeldServer } from '../../src/contracts/hold.ts';
import { onHold } from '../../src/holds/hold-gate.ts';
import type { TestTemporal } from './temporal/test-temporal.ts';

/** A server that is held until a time of the test's clock, or until the test ends that. */
export interface HeldServerOfTest {
  /** ISO time. */
  readonly until: string;
  /** Ends it before its time. */
  end(): void;
  /** What an activity does that asks the server: it fails while it is held. */
  asked(): Promise<void>;
}

/** Holds a server from now on for so many hours of the test's clock. */
export async function heldFor(
  temporal: TestTemporal,
  hours: number,
  server: HeldServer = 'cvat',
): Promise<HeldServerOfTest> {
  const untilMs = (await temporal.env.currentTimeMs()) + hours * 3_600_000;
  const until = new Date(untilMs).toISOString();
  const hold = { schema: 'maskloop.hold/1', connection: 'default', server, by: 'operator', at: until } as const;
  let isEnded = false;
  const isOver = async (): Promise<boolean> => isEnded || (await temporal.env.currentTimeMs()) >= untilMs;
  const failure = async (): Promise<Error> =>
    failureFrom(onHold({ ...hold, until, note: 'it moves' }, await temporal.env.currentTimeMs()));
  return {
    until,
    end: () => {
      isEnded = true;
    },
    asked: async () => {
      if (!(await isOver())) throw await failure();
    },
  };
}
