import { iterationWords } from '../../words/iteration-words.ts';
import type { People, Who } from './who.ts';

/** Somebody in words: `anna`, `person 2 of SurgVU / Batch 7`, `Nobody`, or that people are not told apart. */
export function whoWords({ person, of }: Who, people: People): string {
  if (of === null) return person ?? 'Nobody';
  const where = iterationWords(of);
  if (person !== null) return `${person} of ${where}`;
  return people.get(of) === 'none' ? `Not told apart, ${where}` : `Nobody, ${where}`;
}
