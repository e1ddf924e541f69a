import { countOf } from '../../contracts/count-of.ts';
import type { SampleList, Strategy } from '../../contracts/selection.ts';
import { shareOut } from '../../selection/share-out.ts';
import type { Selecting } from './selecting.ts';
import { chooseByServer } from './strategies/choose-by-server.ts';
import { chooseDiverse } from './strategies/choose-diverse.ts';
import { chooseForeground } from './strategies/choose-foreground.ts';
import { chooseRandom } from './strategies/choose-random.ts';
import { chooseUncertain } from './strategies/choose-uncertain.ts';

/**
 * Fills a batch by a mixture: each strategy gets its share in the order of the policy and takes nothing that another one has
 * taken; what it cannot fill is taken at random.
 *
 * @param count frames that are still wanted
 * @returns where the scores of `uncertainty` came from; null where it was not followed
 */
export async function fillBatch(selecting: Selecting, count: number): Promise<SampleList['uncertainty']> {
  const { policy, note } = selecting;
  const { mixture } = policy.selection;
  const shares = shareOut(
    count,
    mixture.map(({ share }) => share),
  );
  let source: SampleList['uncertainty'] = null;
  const follow: Readonly<Record<Strategy, (wanted: number) => Promise<number>>> = {
    random: async (wanted) => chooseRandom(selecting, wanted),
    'foreground-random': async (wanted) => chooseForeground(selecting, wanted),
    diverse: async (wanted) => chooseDiverse(selecting, wanted),
    server: async (wanted) => chooseByServer(selecting, wanted),
    uncertainty: async (wanted) => {
      const { taken, by } = await chooseUncertain(selecting, wanted);
      source = by;
      return taken;
    },
  };
  const short: { readonly strategy: Strategy; readonly missing: number }[] = [];
  for (const [index, { strategy }] of mixture.entries()) {
    const wanted = shares[index] ?? 0;
    const missing = wanted === 0 ? 0 : wanted - (await follow[strategy](wanted));
    if (missing > 0 && strategy !== 'random') short.push({ strategy, missing });
  }
  for (const { strategy, missing } of short) {
    const filled = await chooseRandom(selecting, missing);
    if (filled > 0) note(`${countOf(filled, 'frame')} of the share of ${strategy} chosen at random instead.`);
  }
  return source;
}
