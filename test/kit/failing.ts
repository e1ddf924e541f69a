import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import type { FailureCode } from '../../src/contracts/failures.ts';

/** An activity that always fails with a named failure. */
export function failing(code: FailureCode): () => Promise<never> {
  return async () => {
    throw failureFrom(new MaskloopError(code, `it is ${code}`, { facts: { task: 7 } }));
  };
}

/** An activity whose first `times` calls fail. */
export function failingFirst<R>(times: number, code: FailureCode, answer: R): () => Promise<R> {
  let calls = 0;
  return async () => {
    calls += 1;
    if (calls <= times) await failing(code)();
    return answer;
  };
}
