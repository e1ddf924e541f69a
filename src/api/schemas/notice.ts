import { z } from 'zod';
import { CHANNELS, NOTICE_KINDS } from '../../contracts/notice.ts';
import type { MessageRow } from '../../notify/outbox/list-messages.ts';

/** A message to people. */
export const noticeRow: z.ZodType<MessageRow> = z.object({
  key: z.string(),
  kind: z.enum(NOTICE_KINDS),
  channel: z.enum(CHANNELS),
  whom: z.array(z.string()).readonly(),
  subject: z.string(),
  iteration: z.string().nullable().describe('id; null for what is about a loop, a server, or several'),
  state: z.enum(['sent', 'refused', 'unknown', 'waits', 'sending']),
  tries: z.number(),
  at: z.string(),
  reason: z.string().nullable(),
  nextAt: z.string().nullable(),
});
