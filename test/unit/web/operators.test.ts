import { describe, expect, it } from '@jest/globals';
import { noPerson } from '../../../web/src/pages/iteration/jobs/no-person.ts';
import { bulkDoes, bulkLabel, doneWords } from '../../../web/src/pages/iterations/bulk/bulk-words.ts';
import { bulkFilter } from '../../../web/src/pages/iterations/list-query.ts';
import { connectionsIn, holdEnd, UNTIL } from '../../../web/src/pages/system/hold-end.ts';

const NOON = Date.parse('2026-11-23T12:00:00.000Z');

describe('the end of a hold', () => {
  it('is so long after now, or a time of the viewer, never one that has passed', () => {
    expect(holdEnd('3600000', '', NOON)).toBe('2026-11-23T13:00:00.000Z');
    const later = new Date(NOON + 60_000);
    const local = new Date(later.getTime() - later.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    expect(holdEnd(UNTIL, local, NOON)).toBe('2026-11-23T12:01:00.000Z');
    expect(holdEnd(UNTIL, local, NOON + 60_000)).toBeNull();
    expect(holdEnd(UNTIL, '', NOON)).toBeNull();
  });

  it('is offered for the connections that were looked at', () => {
    const titles = ['Temporal', 'CVAT north, from a worker', 'MONAI Label north, from here', 'CVAT default, from here'];
    expect(connectionsIn(titles)).toEqual(['default', 'north']);
  });
});

describe('what is done to many iterations', () => {
  it('is done to what the list is narrowed to, whatever page and state of it is shown', () => {
    const search = new URLSearchParams('state=running&project=SurgVU&attention=true&cursor=abc&bogus=1&step=');
    expect(bulkFilter(search)).toEqual({ project: 'SurgVU', attention: 'true' });
  });

  it('names how many there are, also where not all are counted', () => {
    expect(bulkLabel('pause', { count: 12, isLeast: false })).toBe('Pause all 12');
    expect(bulkLabel('resume', { count: 1, isLeast: false })).toBe('Resume the one');
    expect(bulkLabel('retry', { count: 1000, isLeast: true })).toBe('Try all 1,000 or more again');
    expect(bulkLabel('retry', { count: 1, isLeast: false })).toBe('Try the one again');
    expect(doneWords('pause', 1)).toBe('1 iteration was asked to pause');
  });

  it('says which it is for, and that others may be like this by then', () => {
    const count = { count: 4, isLeast: false };
    const told = 'What came of each is told.';
    const meant = `4 iterations match now; those that match when you press are meant. ${told}`;
    expect(bulkDoes('pause', count, true)).toMatch(new RegExp(`^No new step begins in them\\..* ${meant}$`));
    expect(bulkDoes('resume', { count: 1, isLeast: false }, true)).toContain('. 1 iteration matches now; those');
    const all = `The list is not narrowed: 4 iterations run now; those that run when you press are meant. ${told}`;
    expect(bulkDoes('pause', count, false)).toContain(` ${all}`);
    expect(bulkDoes('pause', { count: 1000, isLeast: true }, true)).toContain('1,000 or more iterations match now');
  });
});

describe('a job at which no person stands', () => {
  it('is nobody’s where people are told, and else not told of', () => {
    expect([noPerson('names'), noPerson('pseudonyms')]).toEqual(['nobody', 'nobody']);
    expect(noPerson('none')).toMatch(/^not told/);
  });
});
