import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownAnswer, type WholeAnswer } from './whole-answer.ts';

const HTML = { 'Content-Type': 'text/html; charset=utf-8' };

export function tooManyRequests(retryAfterSeconds: number): WholeAnswer {
  const headers = { 'Content-Type': 'application/json', 'Retry-After': String(retryAfterSeconds) };
  const detail = `Request was throttled. Expected available in ${retryAfterSeconds} seconds.`;
  return ownAnswer(429, 'Too Many Requests', headers, JSON.stringify({ detail }));
}

export function serverError(): WholeAnswer {
  const page =
    '<!doctype html><html><head><title>Server Error (500)</title></head><body><h1>Server Error (500)</h1></body></html>';
  return ownAnswer(500, 'Internal Server Error', HTML, page);
}

export function badGateway(): WholeAnswer {
  const page =
    '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>';
  return ownAnswer(502, 'Bad Gateway', HTML, page);
}

/** What a sender hears whose message is dropped or delivered later. */
export function taken(): WholeAnswer {
  return ownAnswer(200, 'OK', {}, '');
}

function writeHead(response: ServerResponse, answer: WholeAnswer): void {
  response.sendDate = false;
  // Else Node would write one of its own where the server wrote none.
  response.removeHeader('connection');
  response.writeHead(answer.status, answer.statusText, [...answer.rawHeaders]);
}

/** Sends an answer whole. */
export function sendWhole(response: ServerResponse, answer: WholeAnswer): void {
  writeHead(response, answer);
  response.end(answer.body);
}

/** Sends an answer in pieces with pauses between them; ends early if the client goes away. */
export async function sendSlowly(
  response: ServerResponse,
  answer: WholeAnswer,
  { pieceBytes, everyMs }: { pieceBytes: number; everyMs: number },
): Promise<void> {
  writeHead(response, answer);
  response.flushHeaders();
  for (let at = 0; at < answer.body.length && !response.destroyed; at += pieceBytes) {
    if (at > 0) await sleep(everyMs);
    response.write(answer.body.subarray(at, at + pieceBytes));
  }
  response.end();
}

/** Sends the head, which promises the whole body, and half of the body; then the connection ends. */
export async function sendHalf(response: ServerResponse, answer: WholeAnswer): Promise<void> {
  writeHead(response, answer);
  const half = answer.body.subarray(0, Math.floor(answer.body.length / 2));
  await new Promise<void>((resolve) => {
    response.write(half, () => resolve());
    response.once('close', () => resolve());
  });
  const { socket } = response;
  if (socket === null) return;
  const closed = once(socket, 'close');
  socket.destroySoon();
  await closed;
}
