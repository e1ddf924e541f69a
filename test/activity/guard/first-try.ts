import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { Cvat } from '../../../src/cvat/cvat.ts';
import { ofOwnRun } from '../../kit/activity-site.ts';
import type { GuardPlace } from '../../kit/guard-site.ts';
import { refusal } from './route.ts';

/** A first try of an activity that did not succeed. */
export interface FirstTry {
  readonly told: unknown;
  /** Makes the surroundings of a second try, of the same run; what the first one reported last has not arrived. */
  readonly env: () => MockActivityEnvironment;
}

/** Has an activity try once; none of its heartbeats gets through. */
export async function firstTry(go: (env: MockActivityEnvironment) => Promise<unknown>): Promise<FirstTry> {
  const run = ofOwnRun();
  const env = (): MockActivityEnvironment => new MockActivityEnvironment(run, { logger: new DefaultLogger('ERROR') });
  return { told: await refusal(go(env())), env };
}

/** Has the worker die directly before a method of the client is called for the first time. */
export function dieBefore(site: GuardPlace, name: 'addAnnotations' | 'removeAnnotations'): void {
  let died = false;
  site.meddling.cvat = (cvat: Cvat) => ({
    [name]: async (...args: Parameters<Cvat['addAnnotations']>) => {
      if (died) return cvat[name](...args);
      died = true;
      throw new Error('the worker was killed');
    },
  });
}
