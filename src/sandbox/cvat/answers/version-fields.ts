import type { CvatState } from '../state/cvat-state.ts';
import type { StoredAnnotations } from '../state/shapes.ts';

type Versioned = Pick<CvatState, 'version'>;

/** A view without the fields that came after version 2.54.1, if that is the one which is played. */
export function withoutNewer({ version }: Versioned, view: object, newer: readonly string[]): object {
  if (version !== '2.54.1') return view;
  return Object.fromEntries(Object.entries(view).filter(([name]) => !newer.includes(name)));
}

/** Annotations as they are listed; scores and intervals are younger than 2.54.1. */
export function annotationsView(state: Versioned, { tags, shapes, tracks }: StoredAnnotations): object {
  const scored = shapes.map((shape) => withoutNewer(state, shape, ['score']));
  return withoutNewer(state, { version: 0, tags, shapes: scored, tracks, intervals: [] }, ['intervals']);
}
