import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { readSession } from '../../../src/api/endpoints/session.ts';
import { queryKey } from '../requests/query-key.ts';
import { createLiveStore, type LiveState } from './live-state.ts';
import { openStream } from './open-stream.ts';
import { staleAnswers } from './stale-answers.ts';

const LiveContext = createContext(createLiveStore());

/** Keeps what is shown below it up to date by the stream of events, as long as it is there. */
export function LiveUpdates({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const [store] = useState(createLiveStore);
  useEffect(() => {
    const stale = staleAnswers(client);
    const now = (): string => new Date().toISOString();
    return openStream({
      onOpen: () => {
        store.change({ serverAwaySince: null, temporalAwaySince: null });
        stale.all();
      },
      onAway: () => {
        if (store.read().serverAwaySince === null) store.change({ serverAwaySince: now() });
      },
      onLoginNeeded: () => void client.invalidateQueries({ queryKey: queryKey(readSession, {}) }),
      onNews: (event) => {
        if (event.kind === 'iteration') stale.iterationChanged(event.id);
        if (event.kind === 'reset') stale.all();
        if (event.kind === 'temporal') {
          store.change({ temporalAwaySince: event.answers ? null : now() });
          if (event.answers) stale.all();
        }
      },
    });
  }, [client, store]);
  return <LiveContext value={store}>{children}</LiveContext>;
}

/** Who does not answer, and since when. */
export function useLive(): LiveState {
  const store = useContext(LiveContext);
  return useSyncExternalStore(store.subscribe, store.read);
}
