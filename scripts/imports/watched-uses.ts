import { type Node, list, member, text } from './syntax.ts';

/** What the import rule looks for beside imports. */
export type WatchedUse = 'export *' | 'process.env' | 'process.stdout' | 'process.stderr';

/** The watched things that this node itself uses. */
export function usesOf(node: Node): readonly WatchedUse[] {
  switch (node['type']) {
    case 'ExportAllDeclaration':
      return ['export *'];
    case 'MemberExpression':
      return isProcess(node['object']) ? watched(propertyName(node['property'])) : [];
    case 'VariableDeclarator': // const { env } = process
      if (!isProcess(node['init'])) return [];
      return list(member(node['id'], 'properties')).flatMap((property) => watched(text(member(property, 'key'))));
    case 'ImportDeclaration':
      if (!/^(node:)?process$/.test(text(node['source']) ?? '')) return [];
      return list(node['specifiers']).flatMap(importedFromProcess);
    default:
      return [];
  }
}

function importedFromProcess(specifier: unknown): readonly WatchedUse[] {
  // The whole module, under any name: it is imported for what it holds.
  if (member(specifier, 'type') !== 'ImportSpecifier') return ['process.env'];
  return watched(text(member(specifier, 'imported')) ?? text(member(specifier, 'local')));
}

/** `a.name` and `a['name']`. */
function propertyName(property: unknown): string | null {
  return text(property) ?? text(member(property, 'expression'));
}

/** `process` and `globalThis.process`. */
function isProcess(node: unknown): boolean {
  if (member(node, 'type') === 'MemberExpression') return propertyName(member(node, 'property')) === 'process';
  return text(node) === 'process';
}

function watched(name: string | null): readonly WatchedUse[] {
  return name === 'env' || name === 'stdout' || name === 'stderr' ? [`process.${name}`] : [];
}
