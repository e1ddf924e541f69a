import type { Query, QueryClient } from '@tanstack/react-query';
import { isAbout, isByHand } from '../requests/query-key.ts';

/** Changes that come close together make one new question, in milliseconds. */
const GATHER_MS = 400;

/** What is under way goes on. */
const KEEP = { cancelRefetch: false } as const;

/** Has answers asked for anew, when what they are about has changed. */
export interface StaleAnswers {
  iterationChanged(id: string): void;
  /** Everything that has been answered, but for what is asked by hand. */
  all(): void;
}

/** Gathers changes, so that a hundred at once make one question and not a hundred. */
export function staleAnswers(client: QueryClient): StaleAnswers {
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = (): void => {
    timer = null;
    const ids = [...changed];
    changed.clear();
    askAnew(client, ({ queryKey }) => ids.some((id) => isAbout(queryKey, id)));
  };
  return {
    iterationChanged: (id) => {
      changed.add(id);
      timer ??= setTimeout(flush, GATHER_MS);
    },
    all: () => void client.invalidateQueries({ predicate: mayBeOld }),
  };
}

/**
 * What is under way may have been read before the change, so it is asked again when it is there. It is not broken off: where changes come faster
 * than answers there would never be one.
 */
function askAnew(client: QueryClient, isStale: (query: Query) => boolean): void {
  const stale = client.getQueryCache().findAll({ predicate: isStale });
  const underWay = stale.filter(({ state }) => state.fetchStatus === 'fetching');
  void client.invalidateQueries({ predicate: (query) => stale.includes(query) && !underWay.includes(query) });
  for (const query of underWay) {
    const again = (): void => void client.invalidateQueries({ predicate: (one) => one === query }, KEEP);
    query.promise?.then(again, again);
  }
}

/** What is being asked for the first time will be new anyway; what is asked by hand is asked again where it could not be answered. */
function mayBeOld({ state: { status }, queryKey }: Query): boolean {
  return status === 'error' || (status === 'success' && !isByHand(queryKey));
}
