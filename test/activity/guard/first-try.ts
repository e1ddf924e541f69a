import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { Cvat } from '../../../src/cvat/cvat.ts';
import type { GuardSite } from '../../kit/guard-site.ts';
import { refusal } from './route.ts';

/** A first try of an activity that did not succeed. */
export interface FirstTry {
  readonly told: unknown;
  /** Makes the surroundings of a second try, which is told what the first one reported last. */
  readonly env: () => MockActivityEnvironment;
}

/** Has an activity try once, listening to what it reports. */
export async function firstTry(go: (env: MockActivityEnvironment) => Promise<unknown>): Promise<FirstTry> {
  const env = (heartbeatDetails?: unknown): MockActivityEnvironment =>
    new MockActivityEnvironment({ heartbeatDetails }, { logger: new DefaultLogger('ERROR') });
  const first = env();
  let beat: unknown;
  first.on('heartbeat', (details: unknown) => {
    beat = details;
  });
  const told = await refusal(go(first));
  return { told, env: () => env(beat) };
}

/** Has the worker die directly before a method of the client is called for the first time. */
export function dieBefore(site: GuardSite, name: 'addAnnotations' | 'removeAnnotations'): void {
  let died = false;
  site.meddling.cvat = (cvat: Cvat) => ({
    [name]: async (...args: Parameters<Cvat['addAnnotations']>) => {
      if (died) return cvat[name](...args);
      died = true;
      throw new Error('the worker was killed');
    },
  });
}
