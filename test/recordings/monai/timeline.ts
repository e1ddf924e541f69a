import type { Exchange } from '../exchange.ts';
import type { ManualClock } from './manual-clock.ts';
import { stateOf } from './recorded-state.ts';

export interface Timeline {
  /** Lets as much time pass as lay between the exchange before and this one, as far as that matters. */
  before(exchange: Exchange): Promise<void>;
  after(exchange: Exchange): Promise<void>;
}

/** Cases whose requests were sent half a second apart. */
const SLOW = [
  'datastore-put-image',
  'datastore-put-labels-for-training',
  'datastore-unlabel',
  'datastore-delete-watcher-alive',
  'activelearning-none-left',
  'activelearning-random-one-left-twice',
];
const LONGEST_WAIT_MS = 120_000;

/** @param url of the stand-in itself, to see how far it is */
export function createTimeline(clock: ManualClock, url: string): Timeline {
  let last: Exchange | null = null;

  async function isAt(exchange: Exchange): Promise<boolean> {
    const state = stateOf(exchange, exchange.json);
    if (state === null || exchange.status !== 200) return true;
    const answer = await fetch(`${url}${exchange.path}`, { headers: { connection: 'close' } });
    if (answer.status !== 200) return answer.status === 401;
    return stateOf(exchange, await answer.json()) === state;
  }

  async function isRunning(path: string): Promise<boolean> {
    const answer = await fetch(`${url}${path}?check_if_running=true`, { headers: { connection: 'close' } });
    await answer.arrayBuffer();
    return answer.status === 200;
  }

  async function advanceUntil(isThere: () => Promise<boolean>): Promise<void> {
    const until = clock.now() + LONGEST_WAIT_MS;
    for (let step = 2; !(await isThere()) && clock.now() < until; step = Math.min(step * 2, 400)) {
      await clock.advance(step);
    }
  }

  async function before(exchange: Exchange): Promise<void> {
    await clock.advance(pauseBefore(exchange, last));
    last = exchange;
    if (exchange.method === 'GET') await advanceUntil(async () => isAt(exchange));
    const wasStopped =
      exchange.method === 'DELETE' && exchange.json !== null && stateOf(exchange, exchange.json) !== null;
    if (wasStopped || exchange.status === 429) await advanceUntil(async () => isRunning(queuePath(exchange.path)));
  }

  async function after(exchange: Exchange): Promise<void> {
    // What had made the recording followed this redirect, which nobody wrote down.
    if (exchange.status !== 307 || exchange.method !== 'POST') return;
    await fetch(`${url}${exchange.path.replace(/\/$/, '')}`, { method: 'POST', headers: { connection: 'close' } });
  }

  return { before, after };
}

function pauseBefore(exchange: Exchange, last: Exchange | null): number {
  if (exchange.case === 'train-stuck-submitted') return 4000;
  if (last?.case === exchange.case && last.path.startsWith('/activelearning') && last.status === 500) return 2100;
  if (last?.method === 'DELETE' && exchange.method === 'POST') return 1000;
  return SLOW.includes(exchange.case) && exchange.method !== 'GET' && exchange.method !== 'POST' ? 500 : 1;
}

function queuePath(path: string): string {
  if (path.startsWith('/batch/infer')) return '/batch/infer';
  return path.startsWith('/scoring') ? '/scoring/' : '/train/';
}
