import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { empty, page, type Answer } from '../answers/answer.ts';
import { Refusal, refuseDetail } from '../answers/refusal.ts';
import { splitTarget } from '../../request-log.ts';
import { actAs } from '../state/changes.ts';
import { mayUse } from './access.ts';
import { authenticate, hasCredentials } from './authenticate.ts';
import type { Call, Cvat, UserCall } from './call.ts';
import type { CvatVersion } from '../state/version.ts';
import { organizationContext } from './organization-context.ts';
import { checkAnonymousBudget } from './throttle.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Method = (typeof METHODS)[number];
type Handler<C> = (call: C) => Answer | Promise<Answer>;
type Methods<C> = Partial<Record<Method, Handler<C>>>;

const pathParams = z.record(z.string(), z.string());
const ALLOW_ORDER: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export type Register = ReturnType<typeof registrar>;

/** How rooms of routes announce their addresses: `open` ones need no credentials. */
export function registrar(app: FastifyInstance, cvat: Cvat) {
  function add<C extends Call>(
    url: string,
    methods: Methods<C>,
    complete: (call: Call) => C,
    allow?: string | null,
  ): void {
    app.route({
      method: [...METHODS],
      url,
      handler: async (request, reply) => {
        if (allow !== null) reply.header('allow', allow ?? allowed(methods));
        const isAllowed = allow == null || allow.split(', ').includes(request.method);
        await send(reply, await answer(request, isAllowed ? methods : {}, complete, isAllowed));
      },
    });
  }

  async function answer<C extends Call>(
    request: FastifyRequest,
    methods: Methods<C>,
    complete: (call: Call) => C,
    isAllowed: boolean,
  ): Promise<Answer> {
    try {
      checkAccept(request, cvat.state.version);
      const call = complete(callOf(cvat, request));
      const method = METHODS.find((candidate) => candidate === request.method) ?? 'OPTIONS';
      const handle = methods[method] ?? (method === 'HEAD' ? methods.GET : undefined);
      if (handle !== undefined) return await onBehalf(call, () => handle(call));
      if (method === 'OPTIONS' && isAllowed) return empty(200);
      throw refuseDetail(405, `Method "${method}" not allowed.`);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      return { ...page(500), headers: { 'x-sandbox-error': encodeURIComponent(String(error)) } };
    }
  }

  return {
    /** Without credentials they share one budget; with any, those are checked. */
    open: (url: string, methods: Methods<Call>) =>
      add(url, methods, (call) => {
        if (hasCredentials(call.state, call.request)) authenticate(call.state, call.request);
        else checkAnonymousBudget(call.state, call.request);
        return call;
      }),
    /** Neither credentials nor their absence matter, and the allowed methods are not named. */
    unguarded: (url: string, methods: Methods<Call>) => add(url, methods, (call) => call, null),
    /** @param allow the methods that CVAT names, where they are not the usual ones: no others are answered then */
    users: (url: string, methods: Methods<UserCall>, allow?: string) =>
      add(
        url,
        methods,
        (call) => {
          const identity = authenticate(call.state, call.request);
          const organization = organizationContext(call.state, identity.user, call.request, call.query);
          return { ...call, ...identity, organization };
        },
        allow,
      ),
  };
}

/** Whatever a handler writes is written by the user it was called for. */
async function onBehalf<T>(call: Call | UserCall, work: () => Promise<T> | T): Promise<T> {
  if (!('user' in call)) return work();
  const { user, origin } = call;
  return actAs({ userId: user.id, origin, isWorker: false, sees: (item) => mayUse(call, item) }, work);
}

async function send(reply: FastifyReply, given: Answer): Promise<void> {
  reply.code(given.status);
  if (given.isPage === true) reply.removeHeader('allow');
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
    hasSlash: path.endsWith('/'),
    params: pathParams.parse(request.params ?? {}),
    query: new URLSearchParams(query),
    origin: `http://${request.headers['x-forwarded-host']?.toString() ?? request.headers.host ?? request.hostname}`,
  };
}

function checkAccept(request: FastifyRequest, played: CvatVersion): void {
  const accept = request.headers.accept ?? '*/*';
  // The older version has no JSON but its own.
  if (played === '2.54.1' && !/\*\/\*|application\/(?:\*|vnd\.cvat\+json)|text\/(?:\*|html)/.test(accept)) {
    throw refuseDetail(406, 'Could not satisfy the request Accept header.');
  }
  const version = /version=([\d.]+)/.exec(accept)?.[1];
  if (version !== undefined && version !== '2.0') throw refuseDetail(406, 'Invalid version in "Accept" header.');
}

function allowed(methods: Partial<Record<Method, unknown>>): string {
  const own: string[] = ALLOW_ORDER.filter((method) => method in methods);
  if ('GET' in methods || 'HEAD' in methods) own.push('HEAD');
  return [...own, 'OPTIONS'].join(', ');
}
