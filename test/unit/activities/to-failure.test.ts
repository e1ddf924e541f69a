import { describe, expect, it } from '@jest/globals';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { failureFrom, toFailure } from '../../../src/activities/to-failure.ts';
import { MaskloopError } from '../../../src/contracts/error.ts';
import { FAILURES, type FailureCode } from '../../../src/contracts/failures.ts';

const codes = Object.keys(FAILURES) as FailureCode[];

describe('failures of activities', () => {
  it.each(codes)('%s is retried or not as the catalogue says', (code) => {
    const { handling } = FAILURES[code];
    const failure = failureFrom(new MaskloopError(code, 'what happened'));
    expect(failure.type).toBe(code);
    expect(failure.nonRetryable).toBe(handling === 'attention' || handling === 'refused');
    expect(failure.category === ApplicationFailureCategory.BENIGN).toBe(handling === 'pending');
  });

  it('carry the facts and the time after which another try makes sense', () => {
    const error = new MaskloopError('CvatUnreachable', 'away', { facts: { status: 503 }, retryAfterMs: 5000 });
    const failure = failureFrom(error);
    expect(failure.details).toEqual([{ status: 503 }]);
    expect(failure.nextRetryDelay).toBe(5000);
  });

  it('keep long lists out of the history', () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `frame_${index}.png`);
    const failure = failureFrom(
      new MaskloopError('FrameMismatch', 'x'.repeat(100_000), { facts: { names, text: 'y'.repeat(9000) } }),
    );
    expect(JSON.stringify(failure.details).length).toBeLessThan(4096);
    expect(failure.message.length).toBeLessThan(2100);
  });

  it('leave an unknown error as it is', () => {
    const bug = new TypeError('x is not a function');
    expect(toFailure(bug)).toBe(bug);
    expect(toFailure(new MaskloopError('NotAPng', 'no PNG'))).toBeInstanceOf(ApplicationFailure);
  });
});
