import { MaskloopError } from '../../contracts/error.ts';
import { isImageId } from '../../monai/image-id.ts';
import type { MonaiLabel } from '../../monai/monai.ts';
import { isImageFile } from '../image-files.ts';
import type { PoolImages } from './pool-images.ts';

/** Images of MONAI Label's datastore that have no label to train on, named by their id and ending. */
export async function datastorePool(monai: MonaiLabel, signal: AbortSignal): Promise<PoolImages> {
  const images = (await monai.images(signal)).filter(({ isLabelled }) => !isLabelled);
  const askable = images.filter(({ id, extension }) => isImageId(id) && isImageFile(`${id}${extension}`));
  const ids = new Map(askable.map(({ id, extension }) => [`${id}${extension}`, id]));
  return {
    names: [...ids.keys()],
    hashOf: () => null,
    imageIdOf: (name) => ids.get(name) ?? null,
    read: async (name) => {
      const bytes = await monai.getImage(ids.get(name) ?? '', signal);
      if (bytes !== null) return bytes;
      throw new MaskloopError('DatastoreMismatch', `MONAI Label lists the image of "${name}" and does not have it.`, {
        facts: { frame: name },
      });
    },
  };
}
