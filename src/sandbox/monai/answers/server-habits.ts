import type { FastifyInstance } from 'fastify';
import { type RequestLog, splitTarget } from '../../request-log.ts';
import type { Gate } from '../gate.ts';
import { HttpAnswer } from './http-answer.ts';

/**
 * Makes an app behave like uvicorn on the wire: its `server` header, no `connection` header, and after an unhandled
 * error a bare 500 followed by the end of the TCP connection, which nothing announces. Also records every request.
 */
export function addServerHabits(app: FastifyInstance, log: RequestLog, gate: Gate): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.raw.removeHeader('connection');
    reply.header('server', 'uvicorn');
    await gate.free();
  });

  app.setErrorHandler(async (error, _request, reply) => {
    if (error instanceof HttpAnswer) return reply.code(error.status).headers(error.headers).send(error.body);
    reply.raw.shouldKeepAlive = false;
    return reply.code(500).type('text/plain; charset=utf-8').send('Internal Server Error');
  });

  // Fastify adds a charset to JSON, the server does not. Recorded before the answer leaves, so that who has it can count it.
  app.addHook('onSend', async (request, reply) => {
    if (reply.getHeader('content-type') === 'application/json; charset=utf-8') reply.type('application/json');
    const at = new Date().toISOString();
    log.record({ at, server: 'monai', method: request.method, ...splitTarget(request.url), status: reply.statusCode });
  });
}
