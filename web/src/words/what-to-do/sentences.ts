import type { FailureCode } from '../../../../src/contracts/failures.ts';

/** What to do on a page, by the failure's code. Words between backticks are typed on the command line, which alone can do it. */
export type Sentences = Readonly<Partial<Record<FailureCode, string>>>;
