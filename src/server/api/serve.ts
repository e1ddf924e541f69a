import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Asked, Endpoint } from '../../api/endpoint.ts';
import type { PeopleOfIteration } from '../../operations/people/people-register.ts';
import type { Principal } from '../access/principal.ts';

/** A request that has been let through. */
export interface Call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends Asked<P, Q, B> {
  readonly who: Principal;
  /** Who is to be named in receipts and registers. */
  readonly by: string;
  /** Says who it is, where that turns out only now: at a login. */
  readonly isOf: (who: Principal) => void;
  /** Says of whom the answer tells, where no id of an iteration in it does. */
  readonly tellsOf: (people: PeopleOfIteration) => void;
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Answers an endpoint. What it throws becomes a problem. */
export type Serve = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, A>,
  handler: (call: Call<P, Q, B>) => Promise<z.output<A>>,
) => void;
