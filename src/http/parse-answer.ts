import type { ZodType } from 'zod';
import type { FailureCode } from '../contracts/failures.ts';
import { contentFailure } from './answer-failure.ts';
import type { HttpAnswer } from './http.ts';

/**
 * The JSON of an answer, checked by a zod schema.
 * @throws MaskloopError with `code`, its message naming the first place in the JSON that differs
 */
export function parseAnswer<T>(answer: HttpAnswer, schema: ZodType<T>, code: FailureCode): T {
  const parsed = schema.safeParse(answer.json());
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const where = (first?.path ?? [])
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('');
  throw contentFailure(answer, code, `JSON that is not as known at $${where}: ${first?.message ?? 'unknown'}`);
}
