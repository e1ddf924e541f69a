import { isMap, isNode, isPair, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';

/** A place in a text; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where things stand in a YAML document. */
export interface Positions {
  /** Of an offset, in UTF-16 code units. */
  at(offset: number): Position;
  /** Of the value at a path of keys and indices; of the innermost key or value on the way that is there. */
  value(path: readonly PropertyKey[]): Position;
  /** Of the last key of a path; as {@link value} where it is not there. */
  key(path: readonly PropertyKey[]): Position;
}

/** Finds places in a document that was parsed with this counter of lines. */
export function positionsOf(document: Document.Parsed, lines: LineCounter): Positions {
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    // An empty text has no lines.
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const find = (path: readonly PropertyKey[], wantsKey: boolean): Position => {
    let node: unknown = document.contents;
    let offset = startOf(node) ?? 0;
    for (const [index, step] of path.entries()) {
      const next = stepInto(node, step);
      if (next === null) break;
      const isLast = index === path.length - 1;
      offset = (isLast && wantsKey ? null : startOf(next.value)) ?? startOf(next.key) ?? offset;
      node = next.value;
    }
    return at(offset);
  };
  return { at, value: (path) => find(path, false), key: (path) => find(path, true) };
}

function stepInto(node: unknown, step: PropertyKey): { readonly key: unknown; readonly value: unknown } | null {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    return pair === undefined ? null : { key: pair.key, value: isSomething(pair.value) ? pair.value : null };
  }
  if (!isSeq(node) || typeof step !== 'number') return null;
  const item: unknown = node.items[step];
  return item === undefined || isPair(item) ? null : { key: item, value: item };
}

/** A key with nothing behind it has an empty value, whose place says nothing. */
function isSomething(node: unknown): node is Node {
  return isNode(node) && !(isScalar(node) && node.source === '');
}

function startOf(node: unknown): number | null {
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}
