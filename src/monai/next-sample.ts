import { setTimeout as sleep } from 'node:timers/promises';
import { MaskloopError } from '../contracts/error.ts';
import type { Http } from '../http/http.ts';
import { parseAnswer } from '../http/parse-answer.ts';
import { readInfo } from './info.ts';
import { sampleSchema } from './wire/sample.ts';

/** After this time the server has weights to draw by again. */
const PAUSE_MS = 2100;
const TRIES = 3;

/**
 * The image that a strategy of the server proposes to label next; null where nothing is unlabelled. The server notes that it
 * has proposed it, but reserves nothing: it may propose the same one again.
 *
 * The server fails with 500 for a strategy that it does not have, and where `random` has proposed all that is left within this
 * same second. The first is looked up, the second waited out.
 *
 * @throws MaskloopError `MonaiRejected` for an unknown strategy or one that goes on failing; `MonaiUnreachable`, `MonaiUnexpectedAnswer`
 */
export async function nextSample(http: Http, strategy: string, signal?: AbortSignal): Promise<string | null> {
  for (let attempt = 1; ; attempt += 1) {
    const path = `/activelearning/${encodeURIComponent(strategy)}`;
    const answer = await http.send({ method: 'POST', path, allow: [500], signal });
    if (answer.status !== 500) return parseAnswer(answer, sampleSchema, 'MonaiUnexpectedAnswer').id;
    const { strategies } = await readInfo(http, signal);
    if (attempt < TRIES && strategies.includes(strategy)) await sleep(PAUSE_MS, undefined, { signal });
    else throw refusal(strategy, strategies);
  }
}

function refusal(strategy: string, strategies: readonly string[]): MaskloopError {
  const message = strategies.includes(strategy)
    ? `MONAI Label's strategy '${strategy}' fails with 500 and tells why in its log.`
    : `MONAI Label has no strategy '${strategy}'; it has ${strategies.join(', ') || 'none'}.`;
  return new MaskloopError('MonaiRejected', message, { facts: { strategy, strategies, status: 500 } });
}
