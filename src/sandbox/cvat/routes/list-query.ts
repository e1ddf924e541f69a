import { passesFilter, type Terms } from './filter.ts';

/** Terms of an item, for the parameters of a list; `search` looks into the listed ones, `filter` into all but the hidden ones. */
export interface Listed {
  /** Parameters of the same name must be equal to these. */
  readonly terms: Terms;
  readonly searched: readonly (string | null | undefined)[];
}

/**
 * Does an item pass `search`, `filter` and the parameters named like its terms? Parameters that CVAT does not know
 * are ignored, as CVAT does.
 *
 * @throws Refusal 400 for a filter that cannot be evaluated
 */
export function passes(query: URLSearchParams, item: Listed): boolean {
  return (
    Object.entries(item.terms).every(([name, value]) => equals(query.get(name), value)) &&
    contains(query.get('search'), item.searched) &&
    passesFilter(query.get('filter'), item.terms)
  );
}

function equals(asked: string | null, value: string | number | null): boolean {
  return asked === null || asked === String(value);
}

/** Every blank-separated word must occur in some text, whatever its case. */
function contains(search: string | null, texts: Listed['searched']): boolean {
  const words = (search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const lower = texts.map((text) => (text ?? '').toLowerCase());
  return words.every((word) => lower.some((text) => text.includes(word)));
}
