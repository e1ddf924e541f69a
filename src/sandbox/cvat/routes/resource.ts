import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { empty, page, type Answer } from '../answers/answer.ts';
import { Refusal, refuseDetail } from '../answers/refusal.ts';
import { splitTarget } from '../../request-log.ts';
import { authenticate } from './authenticate.ts';
import type { Call, Cvat, UserCall } from './call.ts';
import { organizationContext } from './organization-context.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Method = (typeof METHODS)[number];
type Handler<C> = (call: C) => Answer | Promise<Answer>;
type Methods<C> = Partial<Record<Method, Handler<C>>>;

const pathParams = z.record(z.string(), z.string());
const ALLOW_ORDER: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export type Register = ReturnType<typeof registrar>;

/** How rooms of routes announce their addresses: `open` ones need no credentials. */
export function registrar(app: FastifyInstance, cvat: Cvat) {
  function add<C extends Call>(url: string, methods: Methods<C>, complete: (call: Call) => C): void {
    app.route({
      method: [...METHODS],
      url,
      handler: async (request, reply) => {
        reply.header('allow', allowed(methods));
        await send(reply, await answer(request, methods, complete));
      },
    });
  }

  async function answer<C extends Call>(
    request: FastifyRequest,
    methods: Methods<C>,
    complete: (call: Call) => C,
  ): Promise<Answer> {
    try {
      checkVersion(request);
      const call = complete(callOf(cvat, request));
      const method = METHODS.find((candidate) => candidate === request.method) ?? 'OPTIONS';
      const handle = methods[method] ?? (method === 'HEAD' ? methods.GET : undefined);
      if (handle !== undefined) return await handle(call);
      if (method === 'OPTIONS') return empty(200);
      throw refuseDetail(405, `Method "${method}" not allowed.`);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      return { ...page(500), headers: { 'x-sandbox-error': encodeURIComponent(String(error)) } };
    }
  }

  return {
    open: (url: string, methods: Methods<Call>) => add(url, methods, (call) => call),
    users: (url: string, methods: Methods<UserCall>) =>
      add(url, methods, (call) => {
        const identity = authenticate(call.state, call.request);
        const organization = organizationContext(call.state, identity.user, call.request, call.query);
        return { ...call, ...identity, organization };
      }),
  };
}

async function send(reply: FastifyReply, given: Answer): Promise<void> {
  reply.code(given.status);
  if (given.headers !== undefined) reply.headers(given.headers);
  if (given.contentType !== undefined) reply.header('content-type', given.contentType);
  // As bytes, since Fastify would add a charset to the media type of a text.
  await reply.send(given.body === undefined ? undefined : Buffer.from(given.body));
}

function callOf(cvat: Cvat, request: FastifyRequest): Call {
  const { path, query } = splitTarget(request.raw.url ?? '/');
  return {
    ...cvat,
    request,
    path: path.replace(/\/$/, ''),
    params: pathParams.parse(request.params ?? {}),
    query: new URLSearchParams(query),
    origin: `http://${request.headers['x-forwarded-host']?.toString() ?? request.headers.host ?? request.hostname}`,
  };
}

function checkVersion(request: FastifyRequest): void {
  const version = /version=([\d.]+)/.exec(request.headers.accept ?? '')?.[1];
  if (version !== undefined && version !== '2.0') throw refuseDetail(406, 'Invalid version in "Accept" header.');
}

function allowed(methods: Partial<Record<Method, unknown>>): string {
  const own: string[] = ALLOW_ORDER.filter((method) => method in methods);
  if ('GET' in methods || 'HEAD' in methods) own.push('HEAD');
  return [...own, 'OPTIONS'].join(', ');
}
