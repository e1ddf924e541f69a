import { forgottenHashes } from '../../storage/forgotten-files.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { forgottenImages } from '../withdrawal/withdrawn-images.ts';

/**
 * Frames without those that were forgotten on purpose, by themselves or by their picture: nothing of these is given to the
 * trainer, predicted or compared.
 *
 * @param frames with the SHA-256 of their pictures; by themselves alone where that is absent
 * @throws MaskloopError `InvalidName`; what the store throws
 */
export async function withoutForgotten<F extends { readonly imageId: string; readonly imageSha256?: string }>(
  store: ArtifactStore,
  frames: readonly F[],
): Promise<readonly F[]> {
  const images = await forgottenImages(store, null);
  const pictures = await forgottenHashes(store);
  return frames.filter((frame) => !images.has(frame.imageId) && !pictures.has(frame.imageSha256 ?? ''));
}
