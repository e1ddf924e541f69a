import { describe, expect, it } from '@jest/globals';
import { describeIteration, listIterations } from '../../../src/api/endpoints/iterations.ts';
import { readSession } from '../../../src/api/endpoints/session.ts';
import { inspectSystem } from '../../../src/api/endpoints/system.ts';
import { isAbout, queryKey } from '../../../web/src/requests/query-key.ts';

describe('what is asked anew when an iteration has changed', () => {
  it('is what is known of it, and every list', () => {
    expect(isAbout(queryKey(describeIteration, { params: { id: 'P/T' } }), 'P/T')).toBe(true);
    expect(isAbout(queryKey(listIterations, {}), 'P/T')).toBe(true);
  });

  it('is not what is known of others, of the system and of who looks', () => {
    expect(isAbout(queryKey(describeIteration, { params: { id: 'P/T~2' } }), 'P/T')).toBe(false);
    expect(isAbout(queryKey(inspectSystem, {}), 'P/T')).toBe(false);
    expect(isAbout(queryKey(readSession, {}), 'P/T')).toBe(false);
  });
});
