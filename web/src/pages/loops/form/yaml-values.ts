import { isAlias, isCollection, isMap, isScalar, parseDocument, visit, type Node } from 'yaml';

/** What a text of YAML holds, or why a form cannot change it without loss. */
export type YamlValues =
  | { readonly values: Readonly<Record<string, unknown>>; readonly why: null }
  | { readonly values: null; readonly why: string };

/** Reads a text for a form. An empty text holds nothing yet. */
export function yamlValues(text: string): YamlValues {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length + document.warnings.length > 0)
    return refused('It is no YAML yet, or says something twice.');
  if (document.contents !== null && !isMap(document.contents)) {
    const isNothing = isScalar(document.contents) && document.contents.value === null;
    return isNothing ? { values: {}, why: null } : refused('It holds no keys, each with a colon and a value.');
  }
  let shared: string | null = null;
  visit(document, {
    Node: (_, node) => {
      const isShared = isAlias(node) || node.anchor !== undefined;
      if (isShared) shared = 'It names a value by an anchor and repeats it by an alias, which a form would write out.';
      return isShared ? visit.BREAK : undefined;
    },
  });
  if (shared !== null) return refused(shared);
  const content: unknown = document.toJS();
  return { values: isRecord(content) ? content : {}, why: null };
}

/** The value at a path of keys; undefined where there is none, or nothing behind its key. */
export function valueAt(values: unknown, path: readonly string[]): unknown {
  const found = path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), values);
  return found === null ? undefined : found;
}

/**
 * The text with another value at a path; undefined takes the key away, and its section where nothing is left in it. All else stays as it
 * is, comments among it.
 *
 * @param text one that {@link yamlValues} can read
 * @param keeps sections that stay though they are empty
 */
export function withValue(
  text: string,
  path: readonly string[],
  value: unknown,
  keeps: ReadonlySet<string> = new Set(),
): string {
  const document = parseDocument(text);
  // A key with nothing behind it holds no keys.
  for (let depth = 0; depth < path.length; depth += 1) {
    const above = path.slice(0, depth);
    if (!isMap(depth === 0 ? document.contents : document.getIn(above)) && document.hasIn(above)) {
      if (depth === 0) document.contents = null;
      else document.deleteIn(above);
    }
  }
  if (value === undefined) {
    document.deleteIn(path);
    const [section = ''] = path;
    const left: unknown = document.get(section);
    if (path.length === 2 && !keeps.has(section) && isMap(left) && left.items.length === 0) document.delete(section);
  } else
    document.setIn(
      path,
      typeof value === 'object' ? likeBefore(document.createNode(value), document.getIn(path, true)) : value,
    );
  const isEmpty = isMap(document.contents) && document.contents.items.length === 0;
  const isSilent = (document.comment ?? '') === '' && (document.commentBefore ?? '') === '';
  return isEmpty && isSilent ? '' : document.toString({ lineWidth: 0 });
}

/** What stands beside a list stays, and how it is written. A plain value keeps both by itself. */
function likeBefore(node: Node, before: unknown): Node {
  if (!isCollection(before) || !isCollection(node)) return node;
  const { comment, commentBefore, flow } = before;
  return Object.assign(node, { comment, commentBefore, flow });
}

function refused(why: string): YamlValues {
  return { values: null, why };
}

/** True for an object that is no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
