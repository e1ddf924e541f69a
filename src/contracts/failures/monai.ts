import { entry } from './entry.ts';

/** Failures of talking with MONAI Label. */
export const MONAI_FAILURES = {
  MonaiUnreachable: entry(
    'outage',
    'MONAI Label does not answer.',
    'Nothing: it is tried again. If it lasts, check MONAI Label and MONAI_LABEL_URL.',
  ),
  MonaiRejected: entry('attention', 'MONAI Label rejects a request.', 'Read its answer and its log, then retry.'),
  MonaiUnexpectedAnswer: entry(
    'attention',
    'MONAI Label answers in a form that maskloop does not know.',
    'Check that MONAI_LABEL_URL leads to MONAI Label itself.',
  ),
};
