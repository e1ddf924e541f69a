import { entry } from './entry.ts';

/** Failures of notices to people. None of them reaches an iteration: notices never stop one. */
export const NOTICE_FAILURES = {
  InvalidNotices: entry(
    'refused',
    'What says whom to tell, and how, cannot be used.',
    'Correct the named places; docs/notices.md describes the file.',
  ),
};
