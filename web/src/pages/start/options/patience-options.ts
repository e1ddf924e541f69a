import type { OptionField } from './option-field.ts';

/** How often servers are asked, and when something counts as stuck. */
export const PATIENCE_FIELDS: readonly OptionField[] = [
  { name: 'poll', label: 'Time between two reads of CVAT' },
  { name: 'quiet', label: 'Quiet time before a seal', help: 'So long nobody must have changed a job.' },
  { name: 'unreachableAfter', label: 'A server is shown as away after' },
  { name: 'importStuckAfter', label: 'An import counts as stuck after' },
  { name: 'stalledAfter', label: 'A training counts as stalled after', help: 'Its start, or one epoch.' },
  { name: 'workerLostAfter', label: 'A worker counts as lost after' },
  { name: 'shardSize', label: 'Masks in one piece of work' },
];
