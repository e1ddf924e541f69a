/** A piece of a text: words, or the id of a thing, which differs from run to run. */
export type Piece = string | { readonly kind: string; readonly id: string };

/** Finds the ids in a text; a server's own rules. One pattern: its groups name the kinds, see {@link piecesOf}. */
export interface IdPattern {
  readonly pattern: RegExp;
  /** The kind of the id that the named group `id` holds; `any` if it may be another every time. */
  kind(groups: Readonly<Record<string, string>>): string;
}

/** Cuts a text at the ids that the patterns find in it. */
export function piecesOf(text: string, patterns: readonly IdPattern[]): readonly Piece[] {
  const found: { from: number; to: number; piece: Piece }[] = [];
  for (const { pattern, kind } of patterns) {
    for (const match of text.matchAll(pattern)) {
      const id = match.groups?.['id'];
      const range = match.indices?.groups?.['id'];
      if (id === undefined || range === undefined) continue;
      const [from, to] = range;
      if (found.some((other) => from < other.to && other.from < to)) continue;
      found.push({ from, to, piece: { kind: kind({ ...match.groups }), id } });
    }
  }
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to, piece } of found.toSorted((a, b) => a.from - b.from)) {
    pieces.push(text.slice(at, from), piece);
    at = to;
  }
  pieces.push(text.slice(at));
  return pieces;
}

/** Which recorded id is which actual one. It grows as answers are compared. */
export interface IdMap {
  /** The actual id; undefined if no answer has shown it yet. */
  actual(kind: string, recorded: string): string | undefined;
  /** Notes a pair; false if the recorded id or the actual one belongs to another already. */
  pair(kind: string, recorded: string, actual: string): boolean;
  /** Notes a pair that is certain, since both have just been made; what was guessed of either before is forgotten. */
  made(kind: string, recorded: string, actual: string): void;
  /**
   * Notes a recorded time (`#t12.1`: the first new one of exchange 12) and an actual one; false if the recorded one was
   * another before, or if the actual one stood for one of another exchange. Times that were first seen together need not
   * differ, since CVAT writes them microseconds apart.
   */
  pairTime(recorded: string, actual: string): boolean;
}

export function createIdMap(): IdMap {
  const forward = new Map<string, string>();
  const backward = new Map<string, string>();
  const times = new Map<string, string>();
  const firstSeen = new Map<string, string>();
  return {
    actual: (kind, recorded) => forward.get(`${kind} ${recorded}`),
    pair(kind, recorded, actual) {
      const known = forward.get(`${kind} ${recorded}`);
      if (known !== undefined) return known === actual;
      if (backward.has(`${kind} ${actual}`)) return false;
      forward.set(`${kind} ${recorded}`, actual);
      backward.set(`${kind} ${actual}`, recorded);
      return true;
    },
    made(kind, recorded, actual) {
      const [before, other] = [forward.get(`${kind} ${recorded}`), backward.get(`${kind} ${actual}`)];
      if (before !== undefined) backward.delete(`${kind} ${before}`);
      if (other !== undefined) forward.delete(`${kind} ${other}`);
      forward.set(`${kind} ${recorded}`, actual);
      backward.set(`${kind} ${actual}`, recorded);
    },
    pairTime(recorded, actual) {
      const known = times.get(recorded);
      if (known !== undefined) return known === actual;
      times.set(recorded, actual);
      const exchange = recorded.slice(0, recorded.indexOf('.'));
      const first = firstSeen.get(actual) ?? exchange;
      firstSeen.set(actual, first);
      return first === exchange;
    },
  };
}
