import type { MessageRow } from '../../notify/outbox/list-messages.ts';
import { formatTable } from './table.ts';
import { formatTime } from './time.ts';

const STATES: Readonly<Record<MessageRow['state'], string>> = {
  waits: 'to be sent',
  sending: 'being sent',
  sent: 'sent',
  refused: 'given up',
  unknown: 'perhaps not arrived',
};

/** Messages as a table with a heading, and why under those that did not go well; ends with a line break. */
export function formatNotices(rows: readonly MessageRow[]): string {
  const heading = ['WHEN', 'STATE', 'BY', 'WHOM', 'SUBJECT', 'WHY'];
  const lines = rows.map(({ at, state, channel, whom, subject, reason, nextAt, tries }) => [
    formatTime(at),
    STATES[state],
    channel,
    whom.length === 0 ? 'everybody' : whom.join(', '),
    subject,
    [
      ...(reason === null ? [] : [tries > 1 ? `${reason} (${tries} tries)` : reason]),
      ...(state === 'waits' && nextAt !== null ? [`next at ${formatTime(nextAt)}`] : []),
    ].join('; '),
  ]);
  return `${formatTable([heading, ...lines])}\n`;
}
