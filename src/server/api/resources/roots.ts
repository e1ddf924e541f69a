import path from 'node:path';
import * as api from '../../../api/endpoints/roots.ts';
import type { FolderRef } from '../../../contracts/refs.ts';
import type { ApiParts } from '../api-parts.ts';
import { longWork } from '../long-work.ts';
import { requireOfferedFolder } from '../require-offered.ts';
import type { Serve } from '../serve.ts';

const PAGE = 100;

/** Folders that a start may name, as a worker sees them. */
export function serveRoots(serve: Serve, { roots, folders }: Pick<ApiParts, 'roots' | 'folders'>): void {
  const reading = longWork<FolderRef>();
  serve(api.listRoots, async () => ({ roots: [...roots] }));
  serve(api.listRootFolder, async ({ query }) => {
    const place = placeOf(query.path);
    const { from = 0, limit = PAGE } = query;
    const { counts, leftOut, entries } = await folders.list({ roots, path: place, from, limit });
    const end = from + entries.length;
    const next = entries.length > 0 && end < counts.folders + counts.files ? end : null;
    const parent = roots.some((root) => path.resolve(root) === place) ? null : path.dirname(place);
    return { path: place, parent, counts, leftOut, next, entries: [...entries] };
  });
  serve(api.referToFolder, async ({ query }) => {
    const place = placeOf(query.path);
    const read = await reading.ask(place, async () => folders.refer({ roots, path: place }));
    return { folder: read?.result ?? null };
  });

  /** What leads out by its name alone gets no worker to see. */
  function placeOf(given: string): string {
    const place = path.resolve('/', given);
    requireOfferedFolder(place, roots);
    return place;
  }
}
