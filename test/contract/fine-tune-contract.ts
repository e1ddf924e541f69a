import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { answerCases } from './fine-tune/answers.ts';
import { heldOutCases } from './fine-tune/held-out.ts';
import { interferenceCases } from './fine-tune/interference.ts';
import { restartCases } from './fine-tune/restarts.ts';
import { policyCases } from './fine-tune/policies.ts';
import { raceCases } from './fine-tune/race.ts';
import { rollbackCases } from './fine-tune/rollback.ts';
import { turnCases } from './fine-tune/turns.ts';
import type { FineTuneCases, FineTuneTraits } from './kit/fine-tune-cases.ts';
import { openFineTuneDesk, type FineTuneDesk } from './kit/fine-tune-desk.ts';
import type { FineTunePace, FineTuneServer } from './kit/fine-tune-server.ts';

interface Open {
  /** The Temporal server that the cases share; the caller ends it. */
  readonly temporal: () => Promise<TestTemporal>;
  readonly server: () => Promise<FineTuneServer>;
  readonly restarts: FineTuneTraits['restarts'];
  readonly pace: FineTunePace;
  /** All cases without. */
  readonly cases?: readonly FineTuneCases[];
}

const ALL: readonly FineTuneCases[] = [
  rollbackCases,
  heldOutCases,
  policyCases,
  interferenceCases,
  turnCases,
  answerCases,
  raceCases,
  restartCases,
];

/**
 * Whole iterations that fine-tune a model, through Temporal and over a stand-in for CVAT. At the end of every case no worse
 * model is published than at its beginning, and no frame that is held out, nor a label that nobody sealed, was in any request for a
 * training or is in the datastore.
 */
export function fineTuneContract(name: string, { temporal, server, restarts, pace, cases = ALL }: Open): void {
  describe(`A fine-tune: ${name}`, () => {
    let monai: FineTuneServer | undefined;
    let desk: FineTuneDesk | undefined;
    beforeAll(async () => {
      monai = await server();
    });
    afterEach(async () => {
      const complaints = (await desk?.close()) ?? [];
      desk = undefined;
      expect(complaints).toEqual([]);
    });
    afterAll(async () => {
      await monai?.close();
    });
    const open = async (): Promise<FineTuneDesk> => {
      if (monai === undefined) throw new Error('the server was not opened');
      desk = await openFineTuneDesk(await temporal(), monai, pace);
      return desk;
    };
    for (const register of cases) register(open, { restarts });
  });
}
