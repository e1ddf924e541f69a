import type { FastifyInstance } from 'fastify';
import { readQuery } from '../answers/query.ts';
import type { MonaiState } from '../state.ts';
import { on } from './on.ts';

/** What the server has logged. */
export function addLogRoutes(app: FastifyInstance, { serverLog }: MonaiState): void {
  on(app, 'GET /logs/', async (request, reply) => {
    const query = readQuery(request);
    const lines = query.integer('lines', 300);
    const asPage = query.flag('html', true) && !query.flag('text');
    const text = serverLog.tail(lines);
    if (!asPage || lines <= 0) return reply.type('text/plain; charset=utf-8').send(text);
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    return reply.type('text/html; charset=utf-8').send(`<html><body><pre>${escaped}</pre></body></html>`);
  });

  on(app, 'GET /logs/gpu', async () => {
    throw new Error("No such file or directory: 'nvidia-smi'");
  });
}
