import { FAILURES, type FailureCode } from './failures.ts';

/** A JSON value that an error may carry. */
export type Fact = string | number | boolean | null | readonly Fact[] | { readonly [key: string]: Fact };
export type Facts = Readonly<Record<string, Fact>>;

interface ErrorOptions {
  readonly facts?: Facts;
  readonly cause?: unknown;
  /** After this time another try makes sense, in milliseconds. */
  readonly retryAfterMs?: number;
}

/**
 * The one error class of maskloop. `message` says what happened and where; `facts` hold the same as
 * fields (file, task, frame, value); `action` says what a person can do.
 */
export class MaskloopError extends Error {
  override readonly name = 'MaskloopError';
  readonly code: FailureCode;
  readonly facts: Facts;
  readonly retryAfterMs: number | undefined;

  constructor(code: FailureCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.facts = options.facts ?? {};
    this.retryAfterMs = options.retryAfterMs;
  }

  get action(): string {
    return FAILURES[this.code].action;
  }
}

/** True for a {@link MaskloopError}, and for one with the given code. Works across realms, where `instanceof` fails. */
export function isMaskloopError(error: unknown, code?: FailureCode): error is MaskloopError {
  return (
    typeof error === 'object' &&
    error !== null &&
    'name' in error &&
    error.name === 'MaskloopError' &&
    'code' in error &&
    (code === undefined || error.code === code)
  );
}
