import type { SwitchName } from './frame-search.ts';

/** What stands on the switch of a layer. */
export const SWITCH_WORDS: Readonly<Record<SwitchName, string>> = {
  preannotation: 'Pre-annotation',
  label: 'Final label',
  difference: 'Difference',
  prediction: 'Prediction',
};
