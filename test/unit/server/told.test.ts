import { describe, expect, it } from '@jest/globals';
import type { PeopleOfIteration } from '../../../src/operations/people/people-register.ts';
import { withoutOtherPlaces } from '../../../src/server/told/other-connections.ts';
import { replaceWords } from '../../../src/server/told/replace-words.ts';
import { rewriteAnswer } from '../../../src/server/told/rewrite-answer.ts';

const HIDDEN: PeopleOfIteration = { tells: 'none', names: ['ana', 'ben.b'], leads: ['lena'] };
const OPEN: PeopleOfIteration = { tells: 'names', names: ['ana'], leads: [] };

const rewrite = (value: unknown, own: readonly string[] = []): unknown =>
  rewriteAnswer(value, {
    peopleOf: (id) => (id === 'P/hidden' ? HIDDEN : id === 'P/open' ? OPEN : undefined),
    people: [],
    names: [],
    own: new Set(own),
    ofOthers: null,
  });

describe('a word that is not to be told', () => {
  it('is found as a whole one alone, whatever signs are in it', () => {
    expect(replaceWords('ana, ana. (ana) ana@lab banana ana-lena', ['ana'], '?')).toBe(
      '?, ?. (?) ana@lab banana ?-lena',
    );
    expect(replaceWords('a.b a+b axb', ['a.b'], '?')).toBe('? a+b axb');
    expect(replaceWords('job of ben.b.', ['ben', 'ben.b'], '?')).toBe('job of ?.');
    expect(replaceWords('übér ist über', ['über'], '$&')).toBe('übér ist $&');
  });
});

describe('an answer about iterations of several settings', () => {
  it('names the people of one and not of the other', () => {
    const rows = ['P/open', 'P/hidden'].map((id) => ({
      id,
      people: ['ana', 'ben.b'],
      message: 'ana has it',
      by: 'ana',
    }));
    expect(rewrite(rows)).toEqual([
      rows[0],
      { id: 'P/hidden', people: ['somebody'], message: 'somebody has it', by: 'ana' },
    ]);
  });

  it('tells leads, who are written to, and whoever took a decision', () => {
    const notice = { iteration: 'P/hidden', whom: ['lena', 'zoe'], subject: 'lena, zoe and ana' };
    expect(rewrite(notice)).toEqual({
      iteration: 'P/hidden',
      whom: ['lena', 'somebody'],
      subject: 'lena, somebody and somebody',
    });
  });

  it('tells whom jobs were given to as one, so that numbers tell nobody apart', () => {
    const people = [
      { username: 'ana', jobs: 3, frames: 5 },
      { username: 'zoe', jobs: 1, frames: 2 },
    ];
    expect(rewrite({ id: 'P/hidden', results: { assignment: { people, others: 1 } } })).toEqual({
      id: 'P/hidden',
      results: { assignment: { people: [{ username: 'somebody', jobs: 4, frames: 7 }], others: 1 } },
    });
  });

  it('says of nobody whether people are named, and which of them are reminded', () => {
    const kept = {
      id: 'P/hidden',
      people: 'none',
      ladder: [{ beforeMs: 1, whom: 'reviewer' }],
      message: 'none of it, for ana',
    };
    expect(rewrite(kept)).toEqual({ ...kept, message: 'none of it, for somebody' });
    expect(rewrite({ id: 'P/hidden', people: ['none'], whom: 'ana' })).toEqual({
      id: 'P/hidden',
      people: ['somebody'],
      whom: 'somebody',
    });
  });

  it('hides names that are keys of facts, and leaves what says which thing is meant', () => {
    const facts = { ana: [1], task: 'ana', url: 'http://cvat/ana', people: ['ana'] };
    expect(rewrite({ id: 'P/hidden', trouble: { code: 'X', facts } })).toEqual({
      id: 'P/hidden',
      trouble: { code: 'X', facts: { somebody: [1], task: 'ana', url: 'http://cvat/ana', people: ['somebody'] } },
    });
  });

  it('names whom CVAT does not know, since that has to be corrected', () => {
    const message = 'CVAT knows nobody named ana, as near to it: ben.b';
    const trouble = { code: 'PersonNotFound', message, facts: { missing: ['ana'], known: ['ben.b', 'zoe'] } };
    expect(rewrite({ id: 'P/hidden', trouble })).toEqual({
      id: 'P/hidden',
      trouble: {
        code: 'PersonNotFound',
        message: 'CVAT knows nobody named ana, as near to it: somebody',
        facts: { missing: ['ana'], known: ['somebody', 'zoe'] },
      },
    });
  });

  it('tells back what the one who asks has named', () => {
    const refusal = { id: 'P/hidden', message: 'ana has no job that ben.b may have' };
    expect(rewrite(refusal, ['ana'])).toEqual({ ...refusal, message: 'ana has no job that somebody may have' });
  });
});

describe('a text for somebody who sees one connection', () => {
  const place = (connection: string, project: string) => ({
    id: connection === 'default' ? `${project}/T%201` : `${connection}/${project}/T%201`,
    connection,
    project,
    state: 'running' as const,
  });
  const places = [place('north', 'Own'), place('south', 'Hidden'), place('south', 'Own'), place('default', 'Main')];
  const told = withoutOtherPlaces(['north'], places, ['south-west']);

  it('holds nothing of another, as ids and as people write them', () => {
    expect(told('north/Own/T waits for south/Hidden/T%201 and Main/T 1 of Hidden')).toBe(
      'north/Own/T waits for another and another of another',
    );
    expect(told('of connection "default", by default')).toBe('of connection "another", by default');
  });

  it('does not list which connections a worker has, of which nothing else is known', () => {
    const message = 'This worker has no connection named "north"; it has default, east.';
    const failure = { code: 'ConnectionUnknown', message, facts: { connection: 'north', known: ['default', 'east'] } };
    const hearing = { peopleOf: () => undefined, people: [], names: [], own: new Set<string>() };
    expect(rewriteAnswer(failure, { ...hearing, ofOthers: told })).toEqual({
      code: 'ConnectionUnknown',
      message: 'This worker has no connection named "north".',
      facts: { connection: 'north' },
    });
    expect(rewriteAnswer(failure, { ...hearing, ofOthers: null })).toEqual(failure);
  });

  it('keeps names that he sees as well, and what he has written himself', () => {
    expect(told('Own')).toBe('Own');
    expect(told('south-west')).toBe('south-west');
    expect(told('southern')).toBe('southern');
  });
});
