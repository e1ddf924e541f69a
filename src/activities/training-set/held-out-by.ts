import { groupOf } from '../../gate/group-of.ts';

/** A frame that an iteration holds out. */
export interface HeldOutFrame {
  readonly imageId: string;
  readonly name: string;
  /** SHA-256 of its picture, where that is known already. */
  readonly imageSha256?: string | undefined;
}

/** Frames that are held out, and which frames belong together. */
interface HeldOut {
  readonly group?: string | undefined;
  readonly frames: readonly HeldOutFrame[];
}

/** Why a frame is not to be trained on: it is held out itself, shares a group with one that is, or is the very picture of one. */
export type HeldOutAs = 'frame' | 'group' | 'picture';

/**
 * Tells of frames whether they are held out. Frames that are a group of their own may well be called alike in two tasks.
 *
 * @throws MaskloopError `InvalidConfiguration` for a group that is no rule
 */
export function heldOutBy({
  group,
  frames,
}: HeldOut): (frame: Required<HeldOutFrame>, isOfProject: boolean) => HeldOutAs | null {
  const images = new Set(frames.map(({ imageId }) => imageId));
  const pictures = new Set(frames.flatMap(({ imageSha256 }) => imageSha256 ?? []));
  const groupOfFrame = groupOf(group);
  const isGrouped = (name: string): boolean => groupOfFrame(name) !== name;
  const groups = new Set(frames.flatMap(({ name }) => (isGrouped(name) ? [groupOfFrame(name)] : [])));
  return ({ imageId, name, imageSha256 }, isOfProject) => {
    if (images.has(imageId)) return 'frame';
    if (isOfProject && isGrouped(name) && groups.has(groupOfFrame(name))) return 'group';
    return imageSha256 !== undefined && pictures.has(imageSha256) ? 'picture' : null;
  };
}
