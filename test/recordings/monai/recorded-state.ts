import { z } from 'zod';
import type { Exchange } from '../exchange.ts';

const task = z.object({ status: z.string() });
const stats = z.object({ total_epochs: z.number(), total_time: z.string().optional() });
const info = z.object({ train_stats: z.record(z.string(), z.unknown()), datastore: z.unknown() });

/**
 * What an answer says of how far the server is: of tasks their states, of `/info/` which run it shows and whether that
 * is over, of the datastore its counts. Null where an answer says nothing of that kind.
 */
export function stateOf({ path }: Pick<Exchange, 'path'>, json: unknown): string | null {
  const route = path.replace(/\?.*$/s, '');
  if (['/train/', '/scoring/', '/batch/infer'].includes(route)) {
    const tasks = z.array(task).safeParse(Array.isArray(json) ? json : [json]).data;
    return JSON.stringify(tasks?.map(({ status }) => status) ?? []);
  }
  if (path === '/datastore/') return JSON.stringify(json);
  const facts = info.safeParse(json).data;
  if (route !== '/info/' || facts === undefined) return null;
  const runs = Object.values(facts.train_stats).map((run) => {
    const known = stats.safeParse(run).data;
    return known === undefined ? null : [known.total_epochs, known.total_time === undefined];
  });
  return JSON.stringify([runs, facts.datastore]);
}
