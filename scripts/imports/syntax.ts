/** A node of a syntax tree, read without trust in its form. */
export type Node = Readonly<Record<string, unknown>>;

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

/** Visits every node below and including `value`, parents first. */
export function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
  } else if (isNode(value)) {
    visit(value);
    for (const child of Object.values(value)) walk(child, visit);
  }
}

/** Name of an identifier or content of a string literal; null for anything else. */
export function text(node: unknown): string | null {
  if (!isNode(node) || (node['type'] !== 'Identifier' && node['type'] !== 'StringLiteral')) return null;
  return typeof node['value'] === 'string' ? node['value'] : null;
}

export function member(node: unknown, key: string): unknown {
  return isNode(node) ? node[key] : undefined;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
