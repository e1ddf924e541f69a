import type { FastifyInstance } from 'fastify';
import { page } from './answers/answer.ts';

/** Refuses what was not sent to one of these names; ports do not matter. */
export function refuseOtherHosts(app: FastifyInstance, names: readonly string[]): void {
  app.addHook('onRequest', async (request, reply) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    if (names.includes(host)) return;
    const { contentType, body } = page(400);
    await reply.code(400).header('content-type', contentType).send(body);
  });
}
