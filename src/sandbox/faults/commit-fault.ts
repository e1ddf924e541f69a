import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { skewAnswer } from './clock-skew.ts';
import type { Fault, FaultRule } from './fault.ts';
import type { HeldDeliveries } from './held-deliveries.ts';
import type { LastAnswers } from './last-answers.ts';
import { badGateway, sendHalf, sendSlowly, sendWhole, serverError, taken, tooManyRequests } from './send-answer.ts';
import { readBody, type Upstream, type WholeRequest } from './upstream.ts';
import type { WholeAnswer } from './whole-answer.ts';

/** What requests leave behind for later ones. */
export interface Layer {
  readonly held: HeldDeliveries;
  readonly last: LastAnswers;
}

/** One request on its way. */
export interface Passage {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly upstream: Upstream;
  /** What hit it; null to let it pass. */
  readonly rule: FaultRule | null;
  /** How far the server's clock is ahead, in milliseconds. */
  readonly skewMs: number;
}

const WITHIN_MS = 1000;

/**
 * Answers a request as its fault has it.
 *
 * @throws the socket's error if the server is away, or the client left
 */
export async function commitFault(passage: Passage, layer: Layer): Promise<void> {
  const { request, response, rule } = passage;
  if (rule?.fault.kind === 'reset-before') return void request.socket.resetAndDestroy();
  if (rule?.fault.kind === 'reset-during') return resetDuring(passage);
  const whole = withoutEncoding(await readRequest(request), passage.skewMs);
  const own = rule === null ? null : ownAnswerOf(rule.fault, layer.last.of(whole));
  if (own !== null) return sendWhole(response, own);
  if (rule !== null && takesOver(rule, whole, passage, layer)) return sendWhole(response, taken());
  await forward(whole, passage, layer);
  await layer.held.release(whole);
}

/** An answer that needs no server; null if the fault wants the real one. */
function ownAnswerOf(fault: Fault, last: WholeAnswer | undefined): WholeAnswer | null {
  if (fault.kind === 'too-many-requests') return tooManyRequests(fault.retryAfterSeconds);
  if (fault.kind === 'server-error') return serverError();
  if (fault.kind === 'bad-gateway') return badGateway();
  return fault.kind === 'stale-answer' ? (last ?? null) : null;
}

/** True if the sender is told that its message was taken, whatever becomes of it. */
function takesOver(rule: FaultRule, whole: WholeRequest, { upstream }: Passage, { held }: Layer): boolean {
  const { fault } = rule;
  // A receiver that is away loses the message, as it would have without delay.
  const deliver = (): Promise<void> => upstream.send(whole).then(ignore, ignore);
  if (fault.kind === 'reorder') held.hold(rule, deliver, fault.withinMs ?? WITHIN_MS);
  if (fault.kind === 'delay' && fault.told === true) held.later(deliver, fault.ms);
  return fault.kind === 'lose' || fault.kind === 'reorder' || (fault.kind === 'delay' && fault.told === true);
}

function ignore(): void {}

async function forward(whole: WholeRequest, passage: Passage, { last }: Layer): Promise<void> {
  const { request, response, upstream, rule, skewMs } = passage;
  const fault = rule?.fault;
  const leaving = new AbortController();
  response.once('close', () => leaving.abort());
  if (fault?.kind === 'delay') await sleep(fault.ms, undefined, { signal: leaving.signal });
  const answer = skewAnswer(await upstream.send(whole, { signal: leaving.signal }), skewMs);
  if (fault?.kind === 'duplicate') await upstream.send(whole);
  last.keep(whole, answer);
  if (fault?.kind === 'reset-after') request.socket.resetAndDestroy();
  else if (fault?.kind === 'slow-answer') await sendSlowly(response, answer, fault);
  else if (fault?.kind === 'half-answer') await sendHalf(response, answer);
  else sendWhole(response, answer);
}

async function resetDuring({ request, upstream }: Passage): Promise<void> {
  const length = Number(request.headers['content-length'] ?? 0);
  const pieces: Buffer[] = [];
  let received = 0;
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(piece)) continue;
    pieces.push(piece);
    received += piece.length;
    if (received >= length / 2) break;
  }
  if (received > 0) {
    // At least one byte less than promised, or the server would take the request for complete.
    const body = Buffer.concat(pieces).subarray(0, length > 0 ? Math.floor(length / 2) : received);
    await upstream.sendPart({ ...headOf(request), body });
  }
  request.socket.resetAndDestroy();
}

function headOf(request: IncomingMessage): Omit<WholeRequest, 'body'> {
  return { method: request.method ?? 'GET', target: request.url ?? '/', rawHeaders: request.rawHeaders };
}

async function readRequest(request: IncomingMessage): Promise<WholeRequest> {
  return { ...headOf(request), body: await readBody(request) };
}

/** A body whose times are to be shifted has to come plain. */
function withoutEncoding(whole: WholeRequest, skewMs: number): WholeRequest {
  if (skewMs === 0) return whole;
  const rawHeaders = whole.rawHeaders.map((text, at) =>
    at % 2 === 1 && whole.rawHeaders[at - 1]?.toLowerCase() === 'accept-encoding' ? 'identity' : text,
  );
  return { ...whole, rawHeaders };
}
