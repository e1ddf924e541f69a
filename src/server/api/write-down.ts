import type { FastifyRequest } from 'fastify';
import type { Endpoint } from '../../api/endpoint.ts';
import { fact } from '../../api/schemas/iteration-view.ts';
import type { Fact } from '../../contracts/error.ts';
import type { AuditEntry } from '../../api/endpoints/audit.ts';
import type { Principal } from '../access/principal.ts';

/** Longer bodies are not kept, in characters of JSON. */
const LONGEST_BODY = 4000;

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
}): AuditEntry {
  const { endpoint, request, who, by, connection, status, code } = change;
  return {
    schema: 'maskloop.audit/1',
    at: new Date().toISOString(),
    who: by === who.name ? by : `${by} (${who.name})`,
    role: who.role,
    from: request.ip,
    what: endpoint.id,
    connection,
    on: paramsOf(request.params),
    asked: askedOf(endpoint, request.body),
    status,
    code,
  };
}

function paramsOf(params: unknown): Record<string, string> {
  if (typeof params !== 'object' || params === null) return {};
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
}

function askedOf(endpoint: Endpoint, body: unknown): Fact {
  if (endpoint.consumes !== undefined || SECRET_BODIES.includes(endpoint.id)) return null;
  const text = JSON.stringify(body) ?? 'null';
  if (text.length > LONGEST_BODY) return { characters: text.length };
  return fact.safeParse(body).data ?? null;
}
