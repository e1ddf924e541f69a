import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { compareAnswer } from './compare-answer.ts';
import type { Exchange } from './exchange.ts';
import { createIdMap } from './id-map.ts';
import { makeRequest, type Known } from './make-request.ts';
import { send, type Received } from './send.ts';
import type { ServerKind } from './server-kind.ts';

const POLL_MS = 5;

export interface Played {
  readonly exchange: Exchange;
  /** Nothing if the answer was equal to the recorded one. */
  readonly differences: readonly string[];
}

/**
 * Plays exchanges one after the other to a fresh server over a real socket and compares each answer.
 *
 * @param upTo the last case to play; all if left out
 */
export async function play(kind: ServerKind, recorded: readonly Exchange[], upTo?: string): Promise<readonly Played[]> {
  const end = upTo === undefined ? recorded.length : recorded.findLastIndex((exchange) => exchange.case === upTo) + 1;
  const exchanges = recorded.slice(0, end);
  const stage = await kind.start(exchanges);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ids = createIdMap();
  const downloads = new Map<string, Buffer>();
  const cookies = new Map<string, string>();
  const known: Known = { kind, stage, ids, downloads, cookies };
  const played: Played[] = [];
  try {
    for (const [index, exchange] of exchanges.entries()) {
      const later = recorded.slice(index + 1);
      await stage.before(exchange, later, ids);
      const answer = await ask(known, agent, exchange, later).catch((error: unknown) => String(error));
      if (typeof answer === 'string') {
        played.push({ exchange, differences: [answer] });
        continue;
      }
      const path = exchange.path.replace(/\?.*$/s, '');
      const differences = await compareAnswer({ kind, ids, path }, stage, exchange, answer);
      played.push({ exchange, differences });
      if (answer.body.length > 0 && exchange.method === 'GET') downloads.set(exchange.path, answer.body);
      for (const [name, value] of cookiesOf(answer)) cookies.set(name, value);
      await stage.after(exchange, later, ids);
    }
  } finally {
    agent.destroy();
    await stage.close();
  }
  return played;
}

/** Sends the request; where the recording waited for a state, again until it is there. */
async function ask(known: Known, agent: Agent, exchange: Exchange, later: readonly Exchange[]): Promise<Received> {
  const until = Date.now() + known.kind.patienceMs;
  for (;;) {
    const answer = await send(known.stage.url, agent, await makeRequest(known, exchange, later));
    if (exchange.polled === undefined || Date.now() > until) return answer;
    if (answer.status !== exchange.status || stateOf(answer.body.toString('utf8')) === statusOf(exchange.json))
      return answer;
    await sleep(POLL_MS);
  }
}

function stateOf(text: string): string {
  try {
    return statusOf(JSON.parse(text) as unknown);
  } catch {
    return '';
  }
}

function statusOf(json: unknown): string {
  if (typeof json !== 'object' || json === null || !('status' in json)) return '';
  return typeof json.status === 'string' ? json.status : '';
}

function cookiesOf({ headers }: Received): [string, string][] {
  return [...(headers['set-cookie'] ?? '').matchAll(/(?:^|,)([A-Za-z]\w*)=([^;]*);/g)].map(
    ([, name = '', value = '']) => [name, value],
  );
}
