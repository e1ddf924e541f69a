interface Where {
  /** Those that whoever looks is limited to; null for no limit. */
  readonly own: readonly string[] | null;
  /** Those whose servers were looked at. */
  readonly lookedAt: readonly string[];
  /** What is held, and what runs. */
  readonly rows: readonly { readonly connection: string }[];
}

/** Connections by name, each once: one's own, else all that the page has heard of. */
export function knownConnections({ own, lookedAt, rows }: Where): readonly string[] {
  const names = own ?? [...lookedAt, ...rows.map(({ connection }) => connection)];
  return [...new Set(names)].toSorted();
}

/** The connection that is meant: the one that was chosen, or the only one there is; empty where it has to be chosen. */
export function meantConnection(known: readonly string[], chosen: string): string {
  return chosen === '' && known.length === 1 ? (known[0] ?? '') : chosen;
}
