import { describe, expect, it } from '@jest/globals';
import { FAILURES } from '../../../src/contracts/failures.ts';
import { whatToDo } from '../../../web/src/words/what-to-do/what-to-do.ts';
import { createProgram } from '../../../src/cli/program.ts';
import { fakeTerminal } from '../cli/fake-context.ts';

/** Said by the pages themselves of the server that they are from; no server answers them. */
const OF_THE_PAGE = ['ServerUnreachable', 'ServerAnswerUnknown'];

const COMMANDS = createProgram(fakeTerminal().context, () => undefined).commands.map((command) => command.name());

/** True for a text that tells to type something: a flag, a command, or one word of several that a command line has. */
function speaksOfCommands(text: string): boolean {
  const typed = [...text.matchAll(/`([^`]+)`/g)].map(([, inside = '']) => inside.split(' ')[0] ?? '');
  const named = COMMANDS.some((name) => text.includes(`maskloop ${name}`));
  return /(^|[\s(`])--[a-z]/.test(text) || named || typed.some((word) => COMMANDS.includes(word));
}

const catalogue = Object.entries(FAILURES).filter(([code]) => !OF_THE_PAGE.includes(code));

describe('what to do about a failure, on a page', () => {
  it.each(catalogue)('of %s is told in words of the pages, or as of the command line', (code, { action }) => {
    const said = whatToDo(code, action);
    const isForThere = /command line/.test(said);
    expect({ said, speaksOfCommands: speaksOfCommands(said) && !isForThere }).toEqual({
      said,
      speaksOfCommands: false,
    });
  });

  it('is what the catalogue says, where that needs no other words', () => {
    expect(whatToDo('DeadlineNotLater', FAILURES.DeadlineNotLater.action)).toBe('Name a later time.');
    expect(whatToDo('WhateverComes', 'Wait.')).toBe('Wait.');
  });

  it('knows commands where it sees them', () => {
    expect(COMMANDS).toEqual(expect.arrayContaining(['start', 'list', 'loop', 'unhold']));
    expect(speaksOfCommands('See `maskloop list`.')).toBe(true);
    expect(speaksOfCommands('Start again with the right --project.')).toBe(true);
    expect(speaksOfCommands('Finish one (`start --no-train`).')).toBe(true);
    expect(speaksOfCommands('It is a defect of maskloop.')).toBe(false);
  });
});
