import type { Query, QueryClient } from '@tanstack/react-query';
import { isAbout, isByHand } from '../requests/query-key.ts';

/** Changes that come close together make one new question, in milliseconds. */
const GATHER_MS = 400;

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
    void client.invalidateQueries({ predicate: ({ queryKey }) => ids.some((id) => isAbout(queryKey, id)) });
  };
  return {
    iterationChanged: (id) => {
      changed.add(id);
      timer ??= setTimeout(flush, GATHER_MS);
    },
    all: () => void client.invalidateQueries({ predicate: mayBeOld }),
  };
}

/** What is being asked for the first time will be new anyway; what is asked by hand is asked again where it could not be answered. */
function mayBeOld({ state: { status }, queryKey }: Query): boolean {
  return status === 'error' || (status === 'success' && !isByHand(queryKey));
}
