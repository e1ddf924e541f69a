import { createLooks } from '../../selection/alike.ts';
import type { Connection } from '../dependencies.ts';
import { createDraft } from './draft.ts';
import { createFrameViews, type FrameViews } from './frame-views.ts';
import { gatherCandidates } from './gather-candidates.ts';
import { openLoopPool, type LoopPool } from './loop-pool.ts';
import { memo } from './memo.ts';
import type { PoolPlace } from './pool-images.ts';
import type { SelectionPolicy } from './policy-document.ts';
import type { Selecting } from './selecting.ts';
import { viewUsed } from './used-views.ts';

/** A selection that is about to begin. */
export interface Prepared {
  readonly found: LoopPool;
  readonly views: FrameViews;
  readonly selecting: Selecting;
  /** What was noted so far. */
  readonly notes: readonly string[];
  /** Frames that were gathered as candidates so far. */
  candidates(): number;
}

/**
 * Opens the pool for a number of a loop and looks at what was used before, as far as it matters.
 *
 * @param model what strategies ask; null for none
 * @throws MaskloopError as `openLoopPool`
 */
export async function prepareSelecting(
  connection: Connection,
  place: Omit<PoolPlace, 'monai'>,
  policy: SelectionPolicy,
  { number, model, dry }: Pick<Selecting, 'number' | 'model' | 'dry'>,
): Promise<Prepared> {
  const { store, signal, report } = place;
  const found = await openLoopPool(connection, place, policy, number);
  const { pool, used, eligible, forbidden } = found;
  const views = createFrameViews(pool);
  const { mixture, thinning } = policy.selection;
  const groups = new Set(eligible.map(({ group }) => group));
  const isDiverse = number > 0 && mixture.some(({ strategy }) => strategy === 'diverse');
  const needed = isDiverse ? used.samples : used.samples.filter(({ group }) => thinning > 0 && groups.has(group));
  const usedViews = await viewUsed({ store, views, inPool: new Set(pool.names) }, needed, { signal, report });
  const usedLooks = createLooks(thinning);
  for (const { group, view } of usedViews) usedLooks.add(group, view.grey);
  const draft = createDraft({ store, views, usedHashes: forbidden, usedLooks, thinning });
  const notes: string[] = [];
  let gathered = 0;
  const base = { policy, number, pool, eligible, draft, signal, report };
  const candidates = memo(async () => {
    const all = await gatherCandidates({ ...base, views });
    gathered = all.length;
    return all;
  });
  const features = usedViews.map(({ view }) => view.features);
  const note = (words: string): void => void notes.push(words);
  const selecting = { ...base, model, monai: connection.monai, dry, candidates, usedFeatures: features, note };
  return { found, views, selecting, notes, candidates: () => gathered };
}
