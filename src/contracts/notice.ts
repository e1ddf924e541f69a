import type { ArtifactRef } from './refs.ts';

/** Where notices go. Addresses and passwords of services come from the worker's environment. */
export const CHANNELS = ['slack', 'email', 'webhook'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What people are told of. */
export const NOTICE_KINDS = [
  'task-ready',
  'reminder',
  'deadline',
  'attention',
  'server-away',
  'server-back',
  'training-done',
  'loop-stopped',
  'digest',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** A rung of the ladder of reminders: whom to remind how long before (above 0) or after (below 0) the deadline. */
export interface Rung {
  readonly beforeMs: number;
  readonly whom: 'assignee' | 'reviewer' | 'lead';
}

const HOUR_MS = 3_600_000;

/** Where nothing else is asked for. */
export const DEFAULT_LADDER: readonly Rung[] = [
  { beforeMs: 72 * HOUR_MS, whom: 'assignee' },
  { beforeMs: 24 * HOUR_MS, whom: 'assignee' },
  { beforeMs: 24 * HOUR_MS, whom: 'reviewer' },
  { beforeMs: 24 * HOUR_MS, whom: 'lead' },
  { beforeMs: -24 * HOUR_MS, whom: 'assignee' },
  { beforeMs: -24 * HOUR_MS, whom: 'lead' },
];

/** When people may be disturbed by what can wait. */
export interface WorkingHours {
  /** `HH:MM`. */
  readonly from: string;
  readonly to: string;
  /** 1 is Monday, 7 is Sunday. */
  readonly days: readonly number[];
  /** A name of the IANA time zone database. */
  readonly timeZone: string;
}

/** What an iteration or loop is told about notices; the people and templates are in a document of their own. */
export interface NoticeOptions {
  readonly channels: readonly Channel[];
  /** All kinds if absent. */
  readonly kinds?: readonly NoticeKind[];
  /** CVAT user names of leads; they hear of attention, servers and the end of a loop. */
  readonly leads: readonly string[];
  readonly ladder: readonly Rung[];
  readonly workingHours: WorkingHours | null;
  /** `HH:MM` of the daily digest in the time zone of the working hours; null for none. */
  readonly digestAt: string | null;
  /** A {@link NoticeBook}; null where nobody has an address and all is said to the channel. */
  readonly book: ArtifactRef | null;
}

/** Document `maskloop.notices/1`: how to reach people, and texts that replace ours. */
export interface NoticeBook {
  readonly schema: 'maskloop.notices/1';
  /** By user name in CVAT. */
  readonly people: Readonly<
    Record<string, { readonly email?: string; readonly slack?: string; readonly timeZone?: string }>
  >;
  /** Text by kind, with `{placeholders}`; ours where there is none. */
  readonly templates: Partial<Readonly<Record<NoticeKind, { readonly subject?: string; readonly text?: string }>>>;
}
