/** Connections that findings are about: `CVAT north, from a worker` is about `north`. */
function connectionsIn(titles: readonly string[]): readonly string[] {
  return titles.flatMap((title) => /^(?:CVAT|MONAI Label|Connection) (.+), from /.exec(title)?.[1] ?? []);
}

interface Where {
  /** Those that whoever looks is limited to; null for no limit. */
  readonly own: readonly string[] | null;
  /** Of what was looked at. */
  readonly titles: readonly string[];
  /** What is held, and what runs. */
  readonly rows: readonly { readonly connection: string }[];
}

/** Connections by name, each once: one's own, else all that the page has heard of. */
export function knownConnections({ own, titles, rows }: Where): readonly string[] {
  const names = own ?? [...connectionsIn(titles), ...rows.map(({ connection }) => connection)];
  return [...new Set(names)].toSorted();
}

/** The connection that is meant: the one that was chosen, or the only one there is; empty where it has to be chosen. */
export function meantConnection(known: readonly string[], chosen: string): string {
  return chosen === '' && known.length === 1 ? (known[0] ?? '') : chosen;
}
