import { listFrames } from '../../../../../src/api/endpoints/gallery.ts';
import { useAnswer } from '../../../requests/use-answer.ts';
import { PAGE_SIZE, type FramePage } from './frame-list.tsx';
import { frameQuery } from './frame-query.ts';
import type { FrameSearch } from './frame-search.ts';
import { edgesOf, type FrameElsewhere } from './shown-frame.ts';

/** The frames before and after a page of the list; null where the list ends, and until they are known. */
export function useFramesBeyond(
  id: string,
  search: FrameSearch,
  { next }: Pick<FramePage, 'next'>,
): Readonly<Record<'before' | 'after', FrameElsewhere | null>> {
  const { before, after } = edgesOf({ from: search.from, next }, PAGE_SIZE);
  return { before: useFrameAt(id, search, before), after: useFrameAt(id, search, after) };
}

function useFrameAt(
  id: string,
  search: FrameSearch,
  edge: { readonly place: number; readonly from: number } | null,
): FrameElsewhere | null {
  const query = frameQuery(search, edge?.place ?? 0, 1);
  const { data } = useAnswer(listFrames, { params: { id }, query }, { enabled: edge !== null });
  const frame = data?.frames[0];
  return edge === null || frame === undefined ? null : { frame: frame.name, from: edge.from };
}
