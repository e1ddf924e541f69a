import { stringify } from 'yaml';

/** A value of the file: a text, a number, or a list of texts. */
export type Value = string | number | boolean | readonly string[] | Readonly<Record<string, number>>;

/**
 * One key of a drafted file.
 *
 * - `set`: it is known.
 * - `todo`: it could not be found out, for this reason; the line is a comment, so that the loader names the key.
 * - `option`: it may be set; the line is a comment with an example.
 */
export type Entry =
  | { readonly kind: 'set'; readonly key: string; readonly value: Value; readonly comment?: string }
  | { readonly kind: 'todo'; readonly key: string; readonly reason: string }
  | { readonly kind: 'option'; readonly key: string; readonly value: Value; readonly comment: string };

/** A key with others below it, or a line of the top. */
export interface Section {
  /** Null for the top. */
  readonly name: string | null;
  readonly comment?: string;
  readonly entries: readonly Entry[];
}

/** The lines of a section. One in which nothing has to be said is a comment as a whole. */
export function sectionLines({ name, comment, entries }: Section): readonly string[] {
  const indent = name === null ? '' : '  ';
  const lines = entries.map((entry) => indent + entryText(entry));
  if (name === null) return lines;
  const isEmpty = entries.every(({ kind }) => kind === 'option');
  const head = `${name}:${comment === undefined ? '' : ` # ${oneLine(comment)}`}`;
  return isEmpty ? [`# ${head}`, ...lines] : [head, ...lines];
}

/** Keys that are still to be filled in, with their reasons. */
export function todosOf(sections: readonly Section[]): readonly { readonly key: string; readonly reason: string }[] {
  return sections.flatMap(({ name, entries }) => {
    return entries.flatMap((entry) => {
      const key = name === null ? entry.key : `${name}.${entry.key}`;
      return entry.kind === 'todo' ? [{ key, reason: oneLine(entry.reason) }] : [];
    });
  });
}

/** Text of a comment: names from servers may hold line breaks, which would end it. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function entryText(entry: Entry): string {
  if (entry.kind === 'todo') return `# TODO ${entry.key}: ${oneLine(entry.reason)}`;
  const { kind, key, value, comment } = entry;
  const pair = `${kind === 'option' ? '# ' : ''}${key}: ${valueText(value)}`;
  return comment === undefined ? pair : `${pair} # ${oneLine(comment)}`;
}

function valueText(value: Value): string {
  return stringify(value, {
    collectionStyle: 'flow',
    flowCollectionPadding: true,
    lineWidth: 0,
    blockQuote: false,
  }).trim();
}
