import type { FastifyInstance } from 'fastify';
import { describeApi } from '../openapi/describe-api.ts';
import type { MonaiState } from '../state.ts';
import { on } from './on.ts';

/** The server's description of itself. */
export function addOpenApiRoutes(app: FastifyInstance, { switches }: MonaiState): void {
  on(app, 'GET /openapi.json', async () => describeApi(switches.auth !== null));
}
