import { OF_LOOPS } from './of-loops.ts';
import { OF_MASKS } from './of-masks.ts';
import { OF_RUNNING } from './of-running.ts';
import { OF_STARTING } from './of-starting.ts';

const OWN = new Map<string, string>(
  [OF_MASKS, OF_STARTING, OF_RUNNING, OF_LOOPS].flatMap((sentences) => Object.entries(sentences)),
);

/**
 * What to do about a failure, for somebody at a page: the catalogue speaks of commands and flags where a page has buttons and fields.
 *
 * @param action what the catalogue says, which holds where it needs no other words
 */
export function whatToDo(code: string, action: string): string {
  return OWN.get(code) ?? action;
}
