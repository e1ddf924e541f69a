import { z } from 'zod';
import { connectionOfId, define, idParams, noBody, nothing } from '../define.ts';
import { noticeRow } from '../schemas/notice.ts';

/** Subjects and addresses do not say whose they are. */
const ofLead = { tag: 'notices', role: 'lead', reach: 'all', params: nothing } as const;

export const listNotices = define({
  ...ofLead,
  id: 'listNotices',
  method: 'GET',
  path: '/notices',
  summary: 'Messages to people: to be sent, perhaps or certainly not arrived, or settled',
  changes: false,
  query: z.strictObject({ which: z.enum(['open', 'troubled', 'settled']) }),
  body: noBody,
  answer: z.object({ notices: z.array(noticeRow).readonly() }),
});

export const seenNotices = define({
  ...ofLead,
  id: 'seenNotices',
  method: 'POST',
  path: '/notices/seen',
  summary: 'Shows messages that did not arrive no more; none of them is sent again',
  changes: true,
  query: nothing,
  body: z.strictObject({ keys: z.array(z.string().regex(/^[A-Za-z0-9._~%/-]+$/)).max(1000) }),
  answer: null,
});

export const snoozeIteration = define({
  id: 'snoozeIteration',
  method: 'POST',
  path: '/iterations/{id}/snooze',
  tag: 'steering',
  summary: 'Reminds nobody of an iteration until then; decisions and deadlines are told all the same',
  role: 'lead',
  reach: 'one',
  connectionOf: connectionOfId,
  changes: true,
  params: idParams,
  query: nothing,
  body: z.strictObject({ until: z.iso.datetime() }),
  answer: null,
});
