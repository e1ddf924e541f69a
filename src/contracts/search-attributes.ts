import { defineSearchAttributeKey } from '@temporalio/common';

/**
 * The index that `list` and the dashboard read. SQL visibility allows at most 10 Keyword, 3 Datetime and 3 Int
 * attributes; an upsert of one that is not registered hangs a workflow silently, so a worker refuses to start without them.
 */
export const SEARCH_ATTRIBUTES = {
  project: defineSearchAttributeKey('MaskloopProject', 'KEYWORD'),
  task: defineSearchAttributeKey('MaskloopTask', 'KEYWORD'),
  connection: defineSearchAttributeKey('MaskloopConnection', 'KEYWORD'),
  step: defineSearchAttributeKey('MaskloopStep', 'KEYWORD'),
  /** What is waited for, or {@link OVERDUE}. */
  waitingFor: defineSearchAttributeKey('MaskloopWaitingFor', 'KEYWORD'),
  /** CVAT's id of the task, once it is known: by it a webhook finds the iteration. */
  taskId: defineSearchAttributeKey('MaskloopTaskId', 'INT'),
  since: defineSearchAttributeKey('MaskloopSince', 'DATETIME'),
} as const;

/** What the index says for `decision` where people are waited for as well: their deadline has passed, and they may go on. */
export const OVERDUE = 'overdue';

/** What is waited for by what the index says; empty for an iteration that is not indexed. */
export function indexedWaitingFor(text: string | undefined): string {
  return text === OVERDUE ? 'decision' : (text ?? '');
}
