import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Endpoint } from '../../../src/api/endpoint.ts';
import { ask, type Asking } from './ask.ts';

/** Something that is done by a button. Once it is done, everything on the page is asked anew. */
export function useChange<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, A>,
): UseMutationResult<z.output<A>, Error, Asking<P, Q, B>> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (asking: Asking<P, Q, B>) => ask(endpoint, asking),
    // Not waited for: what was asked for is done, however long the rest takes.
    onSuccess: () => void client.invalidateQueries(),
  });
}
