import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Asked, Endpoint } from '../../api/endpoint.ts';
import { PROBLEM_TYPE } from '../../api/schemas/problem.ts';
import { MaskloopError } from '../../contracts/error.ts';
import type { ServerLog } from '../log.ts';
import { requireAll, requireConnection, sees, type Principal } from '../access/principal.ts';
import type { AuditLog } from './audit-log.ts';
import type { FileSight } from './file-sight.ts';
import { nameOf, NOBODY, requireEntry, whoEnters, type Entrance } from './enter.ts';
import type { Refusals } from './refusals.ts';
import { failureOf, problemOf } from './problem-of.ts';
import { parsePart } from './read-request.ts';
import type { Call, Serve } from './serve.ts';
import type { PeopleOfIteration } from '../../operations/people/people-register.ts';
import type { Hearer, Teller } from '../told/teller.ts';
import { auditEntryOf } from './write-down.ts';

export interface ServeOptions extends Entrance {
  readonly audit: AuditLog;
  readonly refusals: Refusals;
  readonly log: ServerLog;
  readonly teller: Teller;
  readonly sight: FileSight;
  /** See `withoutPlace`. */
  readonly unplaced: (json: string) => string;
  /** True in tests: an answer that is not as the API says is a failure. */
  readonly checksAnswers: boolean;
}

/** Binds endpoints to routes of `app`: who asks, what is asked, the answer, and the line that is written down of a change. */
export function createServe(app: FastifyInstance, options: ServeOptions): Serve {
  const callers = new WeakMap<FastifyRequest, Principal>();
  return (endpoint, handler) => {
    app.route({
      method: endpoint.method,
      url: endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      onRequest: async (request, reply) => {
        callers.set(request, await letIn(endpoint, request, reply, options));
      },
      handler: async (request, reply) => {
        const who = callers.get(request);
        if (who === undefined) throw new MaskloopError('LoginNeeded', 'Nobody was let in.');
        // What a worker does for somebody may take longer than a sender may dawdle.
        request.raw.socket.setTimeout(0);
        const { params, query, body } = request;
        const asked = [params, query, endpoint.consumes === undefined ? body : null];
        const hearer = { who, asked, people: [] as PeopleOfIteration[] };
        const answer = await answered(endpoint, handler, { hearer, who, request, reply }, options);
        if (reply.sent || reply.raw.headersSent) return reply;
        if (endpoint.answer === null) return reply.code(204).send();
        if (endpoint.produces !== undefined) {
          return (reply.hasHeader('content-type') ? reply : reply.type(endpoint.produces)).send(answer);
        }
        const told = isPlain(endpoint) ? answer : await options.teller.tell(answer, hearer);
        options.sight.told(who, endpoint, told);
        if (options.checksAnswers) checkAnswer(endpoint.answer, told, endpoint.id);
        return reply
          .type('application/json')
          .send(isOfMachine(endpoint) ? JSON.stringify(told) : options.unplaced(JSON.stringify(told)));
      },
    });
  };
}

/** Who has come in; what is refused at the door is written down there. @throws MaskloopError as `whoEnters` and `requireEntry` */
async function letIn(
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
  options: ServeOptions,
): Promise<Principal> {
  let who = NOBODY;
  try {
    who = await whoEnters(endpoint, request, reply, options);
    requireEntry(endpoint, request, who, options);
    return who;
  } catch (error) {
    if (who === NOBODY) options.refusals.count();
    else if (endpoint.changes) await options.refusals.write(endpoint, request, who, error);
    throw error;
  }
}

/** Operators are told there where everything is. */
function isOfMachine({ tag }: Endpoint): boolean {
  return tag === 'system';
}

interface Asking {
  readonly hearer: Hearer & { readonly people: PeopleOfIteration[] };
  readonly who: Principal;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Numbers and names of frames, long lists of them; and the list, where people are named as its index knows them. */
function isPlain({ tag, id, method }: Endpoint): boolean {
  return (tag === 'frames' && method === 'GET') || tag === 'files' || tag === 'session' || id === 'listIterations';
}

async function answered<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, A>,
  handler: (call: Call<P, Q, B>) => Promise<z.output<A>>,
  { hearer, who, request, reply }: Asking,
  options: ServeOptions,
): Promise<z.output<A>> {
  const by = nameOf(who, request);
  const line = { endpoint, request, who, by, connection: null as string | null };
  const isOf = (one: Principal): void => void Object.assign(line, { who: one, by: nameOf(one, request) });
  try {
    const asked = askedOf(endpoint, request);
    line.connection = withinReach(endpoint, asked, who);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort(new MaskloopError('RequestInvalid', 'The caller has gone.')));
    const tellsOf = (people: PeopleOfIteration): void => void hearer.people.push(people);
    const answer = await handler({ ...asked, who, by, isOf, tellsOf, signal: gone.signal, request, reply });
    // To take back a cookie that nobody has changes nothing.
    const isChange = endpoint.changes && line.who !== NOBODY;
    if (isChange) await options.audit.write(auditEntryOf({ ...line, status: 200, code: null, answer }));
    return answer;
  } catch (error) {
    const failure = failureOf(error);
    const { status, code } = problemOf(failure);
    if (endpoint.changes && who === NOBODY) await options.refusals.write(endpoint, request, who, failure);
    else if (endpoint.changes) await options.audit.write(auditEntryOf({ ...line, status, code }));
    throw await options.teller.failure(error, hearer);
  }
}

function askedOf<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  { params, query, body }: Endpoint<P, Q, B>,
  request: FastifyRequest,
): Asked<P, Q, B> {
  return {
    params: parsePart(params, request.params, 'path'),
    query: parsePart(query, request.query, 'query'),
    body: parsePart(body, request.body, 'body'),
  };
}

/** The connection that it is about, null for several. @throws MaskloopError `AccessDenied`, `IterationNotFound` */
function withinReach<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  endpoint: Endpoint<P, Q, B>,
  asked: Asked<P, Q, B>,
  who: Principal,
): string | null {
  if (endpoint.reach === 'all') requireAll(who);
  if (endpoint.reach !== 'one') return null;
  const connection = endpoint.connectionOf?.(asked) ?? '';
  if (sees(who, connection)) return connection;
  const { params } = asked;
  const id = typeof params === 'object' && params !== null && 'id' in params ? String(params.id) : null;
  if (id !== null) throw new MaskloopError('IterationNotFound', `There is no iteration ${id}.`, { facts: { id } });
  requireConnection(who, connection);
  return connection;
}

function checkAnswer(schema: z.ZodType, answer: unknown, id: string): void {
  const { error } = schema.safeParse(JSON.parse(JSON.stringify(answer)));
  if (error !== undefined) throw new Error(`the answer of ${id} is not as its schema: ${error.message}`);
}

/** Answers what went wrong below `/api`. */
export function addProblems(
  app: FastifyInstance,
  { log, unplaced }: { readonly log: ServerLog; readonly unplaced: (json: string) => string },
): void {
  app.setNotFoundHandler(async (_request, reply) =>
    sendProblem(reply, new MaskloopError('RouteUnknown', 'The API has no such address.'), unplaced),
  );
  app.setErrorHandler(async (error, request, reply) => {
    const failure = failureOf(error);
    if (failure.code === 'UnexpectedFailure') {
      const reason = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
      log.warn('a request failed in an unknown way', { method: request.method, url: request.url, reason });
    }
    return sendProblem(reply, failure, unplaced);
  });
}

function sendProblem(reply: FastifyReply, failure: MaskloopError, unplaced: (json: string) => string): FastifyReply {
  const problem = problemOf(failure);
  if (failure.retryAfterMs !== undefined) void reply.header('retry-after', Math.ceil(failure.retryAfterMs / 1000));
  return reply
    .code(problem.status)
    .type(PROBLEM_TYPE)
    .send(unplaced(JSON.stringify(problem)));
}
