import { parse } from '@swc/core';
import { type Node, isNode, list, member, text, walk } from './syntax.ts';
import { type WatchedUse, usesOf } from './watched-uses.ts';

/** One import of a module, in whatever form it is written. */
export interface Import {
  readonly specifier: string;
  /** Line from 1. */
  readonly line: number;
  /** True if nothing of it is left at run time. */
  readonly isType: boolean;
}

/** A use of something that only some files may use. */
export interface Use {
  readonly what: WatchedUse;
  /** Line from 1. */
  readonly line: number;
}

export interface ModuleScan {
  readonly imports: readonly Import[];
  readonly uses: readonly Use[];
}

/**
 * Finds imports (static, dynamic, re-exports, `import('x').T`) and watched uses in TypeScript or JavaScript.
 *
 * @param hasMarkup true for `.tsx`
 * @throws Error if the source cannot be parsed, or imports what is not a literal
 */
export async function scanModule(source: string, hasMarkup = false): Promise<ModuleScan> {
  const module = await parse(source, { syntax: 'typescript', tsx: hasMarkup, target: 'es2022' });
  const bytes = Buffer.from(source);
  const imports: Import[] = [];
  const uses: Use[] = [];
  walk(module, (node) => {
    const specifier = specifierOf(node, bytes);
    if (specifier !== null) imports.push({ specifier, line: lineOf(node, bytes), isType: isType(node) });
    for (const what of usesOf(node)) uses.push({ what, line: lineOf(node, bytes) });
  });
  return { imports, uses };
}

const STATIC_IMPORTS = ['ImportDeclaration', 'ExportAllDeclaration', 'ExportNamedDeclaration'];

/** `import type …`, `export type …`, `import('x').T`, or an import of which each name is a type. */
function isType(node: Node): boolean {
  if (node['typeOnly'] === true || node['type'] === 'TsImportType') return true;
  const names = list(node['specifiers']);
  return names.length > 0 && names.every((name) => member(name, 'isTypeOnly') === true);
}

function specifierOf(node: Node, bytes: Buffer): string | null {
  const { type } = node;
  if (typeof type === 'string' && STATIC_IMPORTS.includes(type)) return text(node['source']);
  if (type === 'TsImportType') return text(node['argument']);
  if (type !== 'CallExpression' || member(node['callee'], 'type') !== 'Import') return null;
  const expression = member(list(node['arguments'])[0], 'expression');
  const specifier = literal(expression) ?? plainTemplate(expression);
  if (specifier !== null) return specifier;
  throw new Error(`line ${lineOf(node, bytes)}: an import of something that is not a literal`);
}

function literal(node: unknown): string | null {
  return member(node, 'type') === 'StringLiteral' ? text(node) : null;
}

function plainTemplate(node: unknown): string | null {
  if (member(node, 'type') !== 'TemplateLiteral') return null;
  const parts = list(member(node, 'quasis'));
  const cooked = parts.length === 1 ? member(parts[0], 'cooked') : null;
  return typeof cooked === 'string' ? cooked : null;
}

/** Positions of swc are byte offsets that begin at 1. */
function lineOf(node: Node, bytes: Buffer): number {
  const start = isNode(node['span']) ? node['span']['start'] : 1;
  const before = bytes.subarray(0, typeof start === 'number' ? start - 1 : 0);
  return before.reduce((line, byte) => (byte === 10 ? line + 1 : line), 1);
}
