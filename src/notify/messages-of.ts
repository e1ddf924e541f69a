import type { Channel, NoticeBook, NoticeOptions } from '../contracts/notice.ts';
import { messageKey, type Message } from './message.ts';
import type { Notice } from './notice.ts';
import { DEFAULT_TEXTS } from './text/default-texts.ts';
import { fillTemplate } from './text/fill-template.ts';
import { nextOpening } from './time/working-hours.ts';

/** How people are told, and who they are. */
export interface Telling {
  readonly options: NoticeOptions;
  /** Null where nobody has an address. */
  readonly book: NoticeBook | null;
}

/** Where working hours name no time zone. */
export const DEFAULT_TIME_ZONE = 'UTC';

/** One way to somebody: by a channel, to all or to one address. */
interface Way {
  readonly channel: Channel;
  readonly whom: readonly string[];
  readonly to: Message['to'];
  /** What tells it from other ways to the same people. */
  readonly identity: readonly string[];
  /** Those whom it is for and who cannot be reached themselves. */
  readonly instead: readonly string[];
}

function addressesOf(names: readonly string[], book: NoticeBook | null, what: 'email' | 'slack'): readonly string[] {
  return names.flatMap((name) => {
    const person = book !== null && Object.hasOwn(book.people, name) ? book.people[name] : undefined;
    const address = person?.[what];
    return address === undefined ? [] : [address];
  });
}

/** By e-mail everybody gets a letter of their own; for those without an address their leads do, and read the name. */
function lettersTo(whom: readonly string[], { options, book }: Telling): readonly Way[] {
  const hasAddress = (name: string): boolean => addressesOf([name], book, 'email').length > 0;
  const without = whom.filter((name) => !hasAddress(name));
  const direct = whom.filter(hasAddress).map((name): Way => {
    const emails = [...addressesOf([name], book, 'email')];
    return { channel: 'email', whom: [name], to: { emails, slack: [] }, identity: [name, ...emails], instead: [] };
  });
  if (whom.length > 0 && without.length === 0) return direct;
  const leads = options.leads.filter((name) => hasAddress(name) && !whom.includes(name));
  const forwarded = leads.map((lead): Way => {
    const emails = [...addressesOf([lead], book, 'email')];
    return {
      channel: 'email',
      whom: [lead],
      to: { emails, slack: [] },
      identity: [lead, ...emails, ...without],
      instead: without,
    };
  });
  if (direct.length + forwarded.length > 0) return [...direct, ...forwarded];
  return [{ channel: 'email', whom, to: { emails: [], slack: [] }, identity: whom, instead: without }];
}

function waysTo(whom: readonly string[], telling: Telling): readonly Way[] {
  return telling.options.channels.flatMap((channel): readonly Way[] => {
    if (channel === 'email') return lettersTo(whom, telling);
    const slack = [...addressesOf(whom, telling.book, 'slack')];
    const emails = channel === 'webhook' ? [...addressesOf(whom, telling.book, 'email')] : [];
    return [{ channel, whom, to: { emails, slack }, identity: whom, instead: [] }];
  });
}

/** The zone of the only person whom it is for, else that of the working hours. */
function timeZoneFor(whom: readonly string[], { options, book }: Telling): string {
  const [only] = whom;
  const person = whom.length === 1 && only !== undefined && book !== null ? book.people[only] : undefined;
  return person?.timeZone ?? options.workingHours?.timeZone ?? DEFAULT_TIME_ZONE;
}

function notBefore(notice: Notice, timeZone: string, { options }: Telling, nowMs: number): number {
  if (notice.whenClosed === 'send' || options.workingHours === null) return nowMs;
  return nextOpening(nowMs, { ...options.workingHours, timeZone });
}

/** The messages that say a notice, one for each channel and by e-mail for each person. None where the kind is not wanted, or people are not to be disturbed by it now. */
export function messagesOf(notice: Notice, telling: Telling, nowMs: number): readonly Message[] {
  const { kind, episode } = notice;
  const { options, book } = telling;
  if (options.kinds !== undefined && !options.kinds.includes(kind)) return [];
  const template = { ...DEFAULT_TEXTS[kind], ...book?.templates[kind] };
  return waysTo(notice.whom, telling).flatMap(({ channel, whom, to, identity, instead }): readonly Message[] => {
    const timeZone = timeZoneFor(whom, telling);
    const openMs = notBefore(notice, timeZone, telling, nowMs);
    if (notice.whenClosed === 'ask again' && openMs > nowMs) return [];
    const values = notice.values(timeZone);
    const text = fillTemplate(template.text, values);
    const names = instead.join(', ');
    const message: Message = {
      schema: 'maskloop.notice/1',
      key: messageKey({ kind, channel, whom: identity, episode }),
      kind,
      channel,
      whom: [...whom],
      to,
      subject: fillTemplate(template.subject, values),
      text: instead.length === 0 ? text : `For ${names}, of whom no e-mail address is known:\n\n${text}`,
      values: { ...values },
      createdAt: new Date(nowMs).toISOString(),
      notBefore: new Date(openMs).toISOString(),
    };
    return [message];
  });
}
