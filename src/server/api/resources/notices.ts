import * as api from '../../../api/endpoints/notices.ts';
import { listOpen, listSettled, listTroubled, markSeen } from '../../../notify/outbox/list-messages.ts';
import { writeSnooze } from '../../../notify/people/snooze.ts';
import type { ApiParts } from '../api-parts.ts';
import type { Serve } from '../serve.ts';

const LISTS = { open: listOpen, troubled: listTroubled, settled: listSettled };

/** Messages to people, and peace from them. */
export function serveNotices(serve: Serve, { operations, store }: ApiParts): void {
  serve(api.listNotices, async ({ query }) => ({ notices: await LISTS[query.which](store) }));
  serve(api.seenNotices, async ({ body }) => markSeen(store, body.keys));
  serve(api.snoozeIteration, async ({ params, body, by }) => {
    const id = await operations.resolve(params.id, 'running', (one) => one === params.id);
    await writeSnooze(store, id, { until: body.until, by, at: new Date().toISOString() });
  });
}
