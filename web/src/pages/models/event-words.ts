import type { ModelEventName } from '../../../../src/contracts/model-register.ts';
import type { Tone } from '../../theme/tone.ts';

/** What happened to a model last, as people read it. */
export const EVENT_WORDS: Readonly<Record<ModelEventName, readonly [Tone, string]>> = {
  found: ['quiet', 'Found, by somebody else'],
  taken: ['quiet', 'Taken as it was published'],
  training: ['running', 'A training goes on from it'],
  trained: ['running', 'Trained, not yet decided on'],
  promoted: ['good', 'Promoted'],
  waits: ['attention', 'Waits for a decision'],
  'put back': ['bad', 'Kept back by the gate'],
  declined: ['bad', 'Declined'],
  undecided: ['quiet', 'Nobody decided'],
  kept: ['quiet', 'Kept'],
  left: ['attention', 'Not wanted, none before it'],
  'rolled back': ['good', 'Published again'],
};
