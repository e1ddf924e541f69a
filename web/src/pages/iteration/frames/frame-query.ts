import type { z } from 'zod';
import type { listFrames } from '../../../../../src/api/endpoints/gallery.ts';
import type { FrameSearch } from './frame-search.ts';

/** The question that asks for frames of the list which an address describes: so many from a place on. */
export function frameQuery(
  { order, kind, name }: Pick<FrameSearch, 'order' | 'kind' | 'name'>,
  from: number,
  limit: number,
): z.input<(typeof listFrames)['query']> {
  return { order, from, limit, ...(kind === 'all' ? {} : { only: kind }), ...(name === '' ? {} : { name }) };
}
