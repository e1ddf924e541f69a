import { MaskloopError } from '../../contracts/error.ts';
import type { OtherFeed, Trainer } from '../../trainer/trainer.ts';

/**
 * Makes sure that nothing known puts labels into the trainer besides us.
 *
 * @returns whether that is known
 * @throws MaskloopError `MonaiWatchesCvat`; what the trainer throws
 */
export async function requireNoOtherFeed(trainer: Trainer, signal: AbortSignal): Promise<Pick<OtherFeed, 'known'>> {
  const { known, evidence } = await trainer.otherFeed(signal);
  if (evidence === null) return { known };
  throw new MaskloopError(
    'MonaiWatchesCvat',
    `MONAI Label at ${trainer.address} fetches labels from CVAT and trains on them by itself: ${evidence}. ` +
      'What it trains on then is not what was sealed, and a training of its own would publish over ours.',
    { facts: { trainer: trainer.address, evidence } },
  );
}
