import type { Exception } from '../server-kind.ts';

/** What the stand-in of MONAI Label deliberately does not do. */
export const MONAI_EXCEPTIONS: readonly Exception[] = [
  {
    cases: /^(?:info-empty|auth-no-token)$/,
    requests: /^GET \/openapi\.json$/,
    reason: 'The description of the interface names paths, methods and parameters only, without prose and schemas.',
  },
  {
    cases: /^logs$/,
    requests: /^GET \/logs\/\?/,
    reason: 'Log lines hold times, process numbers and durations.',
  },
];
