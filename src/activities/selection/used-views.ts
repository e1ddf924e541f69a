import { isMaskloopError } from '../../contracts/error.ts';
import { contentRef } from '../../storage/content-address.ts';
import { eachAtOnce } from '../../storage/each-at-once.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Running } from '../durable.ts';
import { viewOf, type FrameView, type FrameViews } from './frame-views.ts';
import type { UsedFrames } from './used-frames.ts';

/** A frame that was used before, looked at. */
export interface UsedView {
  readonly group: string;
  readonly view: FrameView;
}

/**
 * Looks at frames that were used before: in the pool, or as they were put into the store. One that is no longer anywhere,
 * as after it was forgotten, is left out.
 */
export async function viewUsed(
  { store, views, inPool }: { store: ArtifactStore; views: FrameViews; inPool: ReadonlySet<string> },
  samples: UsedFrames['samples'],
  { signal, report }: Pick<Running, 'signal' | 'report'>,
): Promise<readonly UsedView[]> {
  const seen = new Map<string, UsedView>();
  const ofStore = async (name: string, sha256: string): Promise<FrameView | null> => {
    try {
      return await viewOf(await store.get(contentRef(sha256, 0)), name);
    } catch (error) {
      const isGone = isMaskloopError(error, 'ArtifactMissing') || isMaskloopError(error, 'BrokenImage');
      if (isGone) return null;
      throw error;
    }
  };
  await eachAtOnce(samples, signal, async ({ name, group, sha256 }) => {
    const view = inPool.has(name) ? await views.view(name) : await ofStore(name, sha256);
    if (view !== null) seen.set(name, { group, view });
    report({ phase: 'images', done: seen.size, total: samples.length });
  });
  return samples.flatMap(({ name }) => seen.get(name) ?? []);
}
