import { describe, expect, it } from '@jest/globals';
import { noPerson } from '../../../web/src/pages/iteration/jobs/no-person.ts';
import { bulkDoes, bulkLabel, doneWords } from '../../../web/src/pages/iterations/bulk/bulk-words.ts';
import { bulkFilter } from '../../../web/src/pages/iterations/list-query.ts';
import { holdEnd, UNTIL } from '../../../web/src/pages/system/hold-end.ts';
import { knownConnections, meantConnection } from '../../../web/src/pages/system/known-connections.ts';
import { withoutHolds } from '../../../web/src/pages/system/without-holds.ts';

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

  it('is offered for connections that the page knows alone: looked at, held, running, or those of who looks', () => {
    const lookedAt = ['north', 'north', 'a, from b'];
    const rows = [{ connection: 'south' }, { connection: 'north' }];
    expect(knownConnections({ own: null, lookedAt, rows })).toEqual(['a, from b', 'north', 'south']);
    expect(knownConnections({ own: ['north'], lookedAt, rows })).toEqual(['north']);
  });

  it('is of the only connection there is, and of none before one of several is chosen', () => {
    expect(meantConnection(['north'], '')).toBe('north');
    expect(meantConnection(['north', 'south'], '')).toBe('');
    expect(meantConnection(['north', 'south'], 'south')).toBe('south');
    // Chosen while it was known.
    expect(meantConnection(['north'], 'south')).toBe('south');
  });
});

describe('what is found of servers that are held', () => {
  const held = {
    level: 'warning',
    message: 'held until 2026-11-23T13:00:00.000Z',
    action: 'maskloop unhold',
    code: 'OnHold',
  } as const;
  const away = { level: 'problem', message: 'away', action: null, code: 'MonaiUnreachable' } as const;

  it('is left to the list of holds, with the heads over nothing else', () => {
    const groups = [
      { title: 'Held servers', findings: [held] },
      { title: 'CVAT north, from here', findings: [held, held] },
      { title: 'MONAI Label north, from here', findings: [away] },
      { title: 'Notices', findings: [] },
    ];
    const left = [groups[2], groups[3]];
    expect(withoutHolds(groups)).toEqual({ groups: left, isHeld: true });
    expect(withoutHolds(groups.slice(2))).toEqual({ groups: left, isHeld: false });
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
