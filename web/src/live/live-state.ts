/** What the page knows of those who tell it news. Times are ISO; null while they answer. */
export interface LiveState {
  /** Since when the server has not answered. */
  readonly serverAwaySince: string | null;
  /** Since when the server has not heard from Temporal. */
  readonly temporalAwaySince: string | null;
}

export interface LiveStore {
  readonly read: () => LiveState;
  readonly change: (part: Partial<LiveState>) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Holds the state for all who show it. */
export function createLiveStore(): LiveStore {
  let state: LiveState = { serverAwaySince: null, temporalAwaySince: null };
  const listeners = new Set<() => void>();
  return {
    read: () => state,
    change: (part) => {
      state = { ...state, ...part };
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
