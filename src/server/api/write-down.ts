import type { FastifyRequest } from 'fastify';
import type { Endpoint } from '../../api/endpoint.ts';
import { fact } from '../../api/schemas/iteration-view.ts';
import type { Fact } from '../../contracts/error.ts';
import type { AuditEntry } from '../../api/endpoints/audit.ts';
import type { Principal } from '../access/principal.ts';
import { NOBODY } from './enter.ts';

/** Bodies that hold a secret. */
const SECRET_BODIES: readonly string[] = ['login'];

/** What is written down of a change. */
export function auditEntryOf(change: {
  readonly endpoint: Endpoint;
  readonly request: FastifyRequest;
  readonly who: Principal;
  readonly by: string;
  readonly connection: string | null;
  readonly status: number;
  readonly code: string | null;
  /** Of what is done to many things the answer says what came of each. */
  readonly answer?: unknown;
}): AuditEntry {
  const { endpoint, request, who, by, connection, status, code, answer } = change;
  return {
    schema: 'maskloop.audit/1',
    at: new Date().toISOString(),
    who: by === who.name ? by : `${by} (${who.name})`,
    role: who === NOBODY ? 'none' : who.role,
    from: request.ip,
    what: endpoint.id,
    connection,
    on: paramsOf(request.params),
    asked: askedOf(endpoint, request.body),
    status,
    code,
    ...resultsOf(answer),
  };
}

function resultsOf(answer: unknown): Pick<AuditEntry, 'results'> {
  if (typeof answer !== 'object' || answer === null || !('results' in answer)) return {};
  const results = fact.safeParse(answer.results).data;
  return results === undefined ? {} : { results };
}

function paramsOf(params: unknown): Record<string, string> {
  if (typeof params !== 'object' || params === null) return {};
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
}

function askedOf(endpoint: Endpoint, body: unknown): Fact {
  if (endpoint.consumes !== undefined || SECRET_BODIES.includes(endpoint.id)) return null;
  return fact.safeParse(body).data ?? null;
}
