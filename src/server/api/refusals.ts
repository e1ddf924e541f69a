import type { FastifyRequest } from 'fastify';
import type { Endpoint } from '../../api/endpoint.ts';
import { attemptLimit } from '../access/attempt-limit.ts';
import type { Principal } from '../access/principal.ts';
import type { ServerLog } from '../log.ts';
import { seldom } from '../seldom.ts';
import type { AuditLog } from './audit-log.ts';
import { NOBODY, nameOf } from './enter.ts';
import { failureOf, problemOf } from './problem-of.ts';
import { auditEntryOf } from './write-down.ts';

/** Refusals that are written down of one person, or of nobody, in this time, in milliseconds: nobody is to fill the store from outside. */
const LINES = { most: 60, windowMs: 60_000, addresses: 10_000 };

/** What is only counted is told to the log at most so often, in milliseconds. */
const LOG_EVERY_MS = 10_000;

/** Refusals before anything is done. */
export interface Refusals {
  /** Writes down that somebody whom the server knows, or nobody who tried to log in, was refused a change. */
  write(endpoint: Endpoint, request: FastifyRequest, who: Principal, error: unknown): Promise<void>;
  /** Counts a request that was refused and is no line: the log says how many there were. */
  count(): void;
}

/** Writes refusals down as far as they are few, and counts the others. */
export function createRefusals(audit: AuditLog, log: ServerLog): Refusals {
  const written = attemptLimit(LINES);
  const count = seldom(LOG_EVERY_MS, (times) =>
    log.warn('refused requests of nobody whom the server knows, or too many to write each down', { times }),
  );
  return {
    count,
    write: async (endpoint, request, who, error) => {
      const { status, code } = problemOf(failureOf(error));
      if (status === 429 || written.waitOf(who.name) > 0) {
        count();
        return;
      }
      written.failed(who.name);
      const by = who === NOBODY ? who.name : nameOf(who, request);
      await audit.write(
        auditEntryOf({ endpoint, request, who, by, connection: connectionOf(endpoint, request), status, code }),
      );
    },
  };
}

/** The connection that the path names; null where it names none, or only the body would, which nobody has read. */
function connectionOf(endpoint: Endpoint, request: FastifyRequest): string | null {
  const parsed = endpoint.params.safeParse(request.params);
  try {
    return parsed.success
      ? (endpoint.connectionOf?.({ params: parsed.data, query: {}, body: undefined }) ?? null)
      : null;
  } catch {
    return null;
  }
}
