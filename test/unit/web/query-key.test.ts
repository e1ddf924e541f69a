import { describe, expect, it } from '@jest/globals';
import { describeIteration, listIterations, verifyReceipt } from '../../../src/api/endpoints/iterations.ts';
import { checkLoop, planLoop } from '../../../src/api/endpoints/loops.ts';
import { readSession } from '../../../src/api/endpoints/session.ts';
import { planIteration } from '../../../src/api/endpoints/starting.ts';
import { inspectSystem } from '../../../src/api/endpoints/system.ts';
import { isAbout, isByHand, queryKey } from '../../../web/src/requests/query-key.ts';

describe('what is asked anew when an iteration has changed', () => {
  it('is what is known of it, and every list', () => {
    expect(isAbout(queryKey(describeIteration, { params: { id: 'P/T' } }), 'P/T')).toBe(true);
    expect(isAbout(queryKey(listIterations, {}), 'P/T')).toBe(true);
  });

  it('is not what is known of others, of the system and of who looks, nor what reads much and was asked by hand', () => {
    expect(isAbout(queryKey(describeIteration, { params: { id: 'P/T~2' } }), 'P/T')).toBe(false);
    expect(isAbout(queryKey(inspectSystem, {}), 'P/T')).toBe(false);
    expect(isAbout(queryKey(readSession, {}), 'P/T')).toBe(false);
    const asked = [
      queryKey(verifyReceipt, { params: { id: 'P/T' } }),
      queryKey(checkLoop, {}),
      queryKey(planLoop, {}),
      queryKey(planIteration, {}),
    ];
    expect(asked.map((key) => [isAbout(key, 'P/T'), isByHand(key)])).toEqual(asked.map(() => [false, true]));
  });
});
