import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Endpoint } from '../../../src/api/endpoint.ts';
import { ask, type Asking } from './ask.ts';
import { queryKey } from './query-key.ts';

interface AnswerOptions {
  /** False asks nothing yet. */
  readonly enabled?: boolean;
  /** Asks again after so many milliseconds; for what no event tells of. */
  readonly everyMs?: number;
  /** Shows the answer to the question before while the one to the new question is on its way. */
  readonly keepsShowing?: boolean;
  /** What is done about the request: it may be made again after something else. */
  readonly around?: <T>(request: () => Promise<T>) => Promise<T>;
}

/** The answer of an endpoint, kept up to date while it is shown: the stream of events says when it is to be asked again. */
export function useAnswer<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, A>,
  asking: Asking<P, Q, B> = {},
  { enabled = true, everyMs, keepsShowing = false, around = async (request) => request() }: AnswerOptions = {},
): UseQueryResult<z.output<A>> {
  return useQuery({
    queryKey: queryKey(endpoint, asking),
    queryFn: async ({ signal }) => around(async () => ask(endpoint, asking, signal, true)),
    enabled,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
    ...(keepsShowing ? { placeholderData: keepPreviousData } : {}),
  });
}
