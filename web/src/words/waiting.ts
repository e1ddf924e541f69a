import type { WaitingFor } from '../../../src/contracts/iteration.ts';
import type { Tone } from '../theme/tone.ts';

/** What an iteration waits for: in a word or two, in a sentence, and how urgent that is. */
interface WaitingWords {
  readonly word: string;
  readonly sentence: string;
  readonly tone: Tone;
}

/** In the order in which a person looks at them. */
export const WAITING_WORDS: Readonly<Record<WaitingFor, WaitingWords>> = {
  decision: { word: 'Needs a decision', sentence: 'Waits until a person decides.', tone: 'attention' },
  server: { word: 'Server away', sentence: 'Waits for a server, and goes on by itself.', tone: 'away' },
  people: { word: 'With people', sentence: 'People correct labels in CVAT.', tone: 'people' },
  machine: { word: 'Running', sentence: 'A machine works on it.', tone: 'running' },
  turn: { word: 'Waits for its turn', sentence: 'Another iteration trains on the same trainer.', tone: 'quiet' },
  window: { word: 'Waits for its window', sentence: 'Training begins when its window opens.', tone: 'quiet' },
  resume: { word: 'Paused', sentence: 'No new step begins before it is resumed.', tone: 'quiet' },
  nothing: { word: 'Done', sentence: 'It is finished.', tone: 'good' },
};

const isKnown = (text: string): text is WaitingFor => Object.hasOwn(WAITING_WORDS, text);

/** The words for what is waited for; what is not known is named as it is. */
export function waitingWords(waitingFor: string): WaitingWords {
  return isKnown(waitingFor) ? WAITING_WORDS[waitingFor] : { word: waitingFor, sentence: '', tone: 'quiet' };
}
