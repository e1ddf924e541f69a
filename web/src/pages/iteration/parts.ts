/** What a page of an iteration shows below its head, one at a time. */
export const PARTS = ['steps', 'jobs', 'training', 'changes', 'frames', 'receipt', 'notes'] as const;
export type PartName = (typeof PARTS)[number];

export const PART_WORDS: Readonly<Record<PartName, string>> = {
  steps: 'Steps',
  jobs: 'Jobs',
  training: 'Training',
  changes: 'Changes',
  frames: 'Frames',
  receipt: 'Receipt',
  notes: 'Notes',
};
