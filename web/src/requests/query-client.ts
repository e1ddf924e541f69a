import { QueryCache, QueryClient } from '@tanstack/react-query';
import { readSession } from '../../../src/api/endpoints/session.ts';
import { queryKey } from './query-key.ts';
import { isRefusal } from './refusal.ts';

/** What was answered, kept while it is shown. A refused login is found out about by whoever shows the login. */
export function createQueryClient(): QueryClient {
  const session = queryKey(readSession, {});
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, { queryKey: [, endpoint] }) => {
        if (!isRefusal(error, 'LoginNeeded') || endpoint === readSession.id) return;
        void client.invalidateQueries({ queryKey: session });
      },
    }),
    defaultOptions: {
      // The stream says when something is out of date, and when the server is back.
      queries: { retry: false, staleTime: 10_000, networkMode: 'always', refetchOnWindowFocus: false },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
