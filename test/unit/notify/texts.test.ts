import { describe, expect, it } from '@jest/globals';
import { NOTICE_KINDS, type NoticeBook, type NoticeOptions } from '../../../src/contracts/notice.ts';
import { messagesOf } from '../../../src/notify/messages-of.ts';
import type { Notice } from '../../../src/notify/notice.ts';
import { aboutTask } from '../../../src/notify/people/people-notices.ts';
import { parseNoticeBook } from '../../../src/notify/read-notice-book.ts';
import { DEFAULT_TEXTS } from '../../../src/notify/text/default-texts.ts';
import { fillTemplate, namesIn } from '../../../src/notify/text/fill-template.ts';
import { KNOWN_PLACEHOLDERS } from '../../../src/notify/text/placeholders.ts';
import { fromNow, momentText } from '../../../src/notify/text/words.ts';

const NOW = Date.parse('2026-01-16T18:00:00Z');
const OPTIONS: NoticeOptions = {
  channels: ['slack', 'email'],
  leads: ['lena'],
  ladder: [],
  workingHours: { from: '09:00', to: '17:00', days: [1, 2, 3, 4, 5], timeZone: 'Europe/Berlin' },
  digestAt: null,
  book: null,
};
const BOOK: NoticeBook = {
  schema: 'maskloop.notices/1',
  people: {
    lena: { email: 'lena@lab.example' },
    ana: { email: 'ana@lab.example', slack: 'U024BE7LH', timeZone: 'America/New_York' },
    ben: { slack: 'U0BEN' },
  },
  templates: {},
};
const notice = (whom: readonly string[], changes: Partial<Notice> = {}): Notice => ({
  kind: 'reminder',
  whom,
  episode: 'SurgVU/Iteration_1 24h',
  whenClosed: 'wait',
  values: (timeZone) => ({ about: 'SurgVU / Iteration_1', deadline: momentText('2026-01-17T12:00:00Z', timeZone) }),
  ...changes,
});

describe('our texts', () => {
  it.each(NOTICE_KINDS)('of %s use placeholders that it knows', (kind) => {
    const { subject, text } = DEFAULT_TEXTS[kind];
    expect(KNOWN_PLACEHOLDERS[kind]).toEqual(expect.arrayContaining([...namesIn(subject + text)]));
  });

  it('leave out a line of which nothing is known, and fill in a value once', () => {
    expect(
      fillTemplate('{about} is here.\nDue {deadline}, {left}.\n{url}', { about: 'a {url}', url: 'http://x' }),
    ).toBe('a {url} is here.\nhttp://x');
  });

  it('keep a name on its line', () => {
    expect(aboutTask({ project: 'SurgVU', task: 'a\r\nWhat to do: click http://evil.example' })).toBe(
      'SurgVU / a What to do: click http://evil.example',
    );
  });

  it('say how long it is', () => {
    expect(fromNow(NOW + 3 * 86_400_000, NOW)).toBe('in 3 days');
    expect(fromNow(NOW - 80 * 60_000, NOW)).toBe('1 hour 20 minutes ago');
    expect(fromNow(NOW + 20_000, NOW)).toBe('in 1 minute');
  });
});

describe('messages', () => {
  const told = (whom: readonly string[], book: NoticeBook | null = BOOK, changes: Partial<Notice> = {}) =>
    messagesOf(notice(whom, changes), { options: OPTIONS, book }, NOW);

  it('reach a person by every channel, in the hours and the time zone of the person', () => {
    const [slack, letter] = told(['ana']);
    expect(slack).toMatchObject({ channel: 'slack', to: { slack: ['U024BE7LH'] }, whom: ['ana'] });
    expect(letter).toMatchObject({ channel: 'email', to: { emails: ['ana@lab.example'] } });
    expect(letter?.values['deadline']).toBe('Sat 2026-01-17 07:00 America/New_York');
    expect(letter?.notBefore).toBe('2026-01-16T18:00:00.000Z');
    expect(told(['lena'])[1]?.notBefore).toBe('2026-01-19T08:00:00.000Z');
  });

  it('to somebody without an address go to the leads with the name, and to Slack with the name', () => {
    const [slack, letter] = told(['ben', 'nobody']);
    expect(slack).toMatchObject({ to: { slack: ['U0BEN'] }, whom: ['ben', 'nobody'] });
    expect(letter).toMatchObject({ to: { emails: ['lena@lab.example'] }, whom: ['lena'] });
    expect(letter?.text).toMatch(/^For ben, nobody, of whom no e-mail address is known:\n\n/);
  });

  it('are made where nobody has an address, so that it is seen', () => {
    expect(told(['ben'], null)).toMatchObject([{ channel: 'slack' }, { channel: 'email', to: { emails: [] } }]);
  });

  it('have a key for each what, whom, channel and occasion', () => {
    const all = [
      told(['ana']),
      told(['lena']),
      told(['ana'], BOOK, { episode: 'later' }),
      told(['ana'], BOOK, { kind: 'deadline' }),
    ];
    const keys = all.flat().map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(told(['ana']).map(({ key }) => key)).toEqual(told(['ana']).map(({ key }) => key));
  });

  it('that are asked for again later are none while people are not to be disturbed', () => {
    expect(told(['lena'], BOOK, { whenClosed: 'ask again' })).toEqual([]);
    expect(told(['ana'], BOOK, { whenClosed: 'ask again' })).toMatchObject([{ whom: ['ana'] }, { whom: ['ana'] }]);
  });

  it('are none of a kind that is not wanted', () => {
    expect(messagesOf(notice(['ana']), { options: { ...OPTIONS, kinds: ['attention'] }, book: BOOK }, NOW)).toEqual([]);
  });

  it('use a text of the team', () => {
    const book = { ...BOOK, templates: { reminder: { text: 'Hurry: {about}' } } };
    expect(told(['ana'], book)[0]).toMatchObject({ text: 'Hurry: SurgVU / Iteration_1' });
  });
});

describe('a notice book', () => {
  it('is refused with every place that is wrong', () => {
    const wrong = {
      schema: 'maskloop.notices/1',
      people: { ana: { email: 'ana', slack: 'ana', timeZone: 'Europe/Nowhere' } },
      templates: { reminder: { text: 'Due {dedline}' }, 'server-away': { subject: '{url}' } },
    };
    expect(() => parseNoticeBook(wrong, 'maskloop.yaml')).toThrow(
      /people.ana.email[^]*people.ana.slack[^]*people.ana.timeZone[^]*\{dedline\}; reminder knows \{who\}[^]*server-away.subject/,
    );
  });

  it('is taken with people and templates', () => {
    expect(parseNoticeBook(BOOK, 'maskloop.yaml')).toEqual(BOOK);
  });
});
