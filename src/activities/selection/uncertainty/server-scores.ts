import type { Candidate } from '../draft.ts';
import type { AskedModel, Selecting } from '../selecting.ts';
import type { Scores } from './scored-candidate.ts';

/**
 * The entropies that MONAI Label's scoring has stored with its images. Only those of the published model count, which the
 * server tells by the change time of the model's file.
 */
export async function serverScores(
  { pool, monai, signal }: Pick<Selecting, 'pool' | 'monai' | 'signal'>,
  { modifiedAtSeconds }: AskedModel,
  candidates: readonly Candidate[],
): Promise<Scores> {
  if (monai === null) return { why: 'nothing but MONAI Label gives such scores' };
  if (candidates.every(({ frame }) => pool.imageIdOf(frame.name) === null)) {
    return { why: "the frames of the pool are not images of MONAI Label's datastore" };
  }
  const images = new Map((await monai.images(signal)).map((image) => [image.id, image.uncertainty]));
  return candidates.map((candidate) => {
    const known = images.get(pool.imageIdOf(candidate.frame.name) ?? '') ?? null;
    const isCurrent = known !== null && known.modelTime === modifiedAtSeconds;
    return { candidate, score: isCurrent ? known.score : null };
  });
}
