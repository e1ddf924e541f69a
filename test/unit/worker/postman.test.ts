import { describe, expect, it } from '@jest/globals';
import { MaskloopError } from '../../../src/contracts/error.ts';
import { runPostman } from '../../../src/worker/postman.ts';

describe('the postman', () => {
  it('walks every round again and again, whatever one of them throws, until it is told to end', async () => {
    const controller = new AbortController();
    const codes: string[] = [];
    let walked = 0;
    const failing = async (): Promise<void> => {
      throw walked === 0 ? new Error('no') : new MaskloopError('StoreUnreachable', 'the store is away');
    };
    const counting = async (): Promise<void> => {
      walked += 1;
      if (walked === 3) controller.abort();
    };
    await runPostman([failing, counting], controller.signal, { roundMs: 5, warn: (code) => void codes.push(code) });
    expect(walked).toBe(3);
    expect(codes).toEqual(['unexpected', 'StoreUnreachable', 'StoreUnreachable']);
  });
});
