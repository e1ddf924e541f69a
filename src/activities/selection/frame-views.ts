import { createHash } from 'node:crypto';
import { isMaskloopError } from '../../contracts/error.ts';
import { readLook, type Look } from '../../pictures/read-look.ts';
import type { Pool } from './pool.ts';

/** What is known of a frame that was looked at. */
export interface FrameView extends Look {
  readonly sha256: string;
}

/** Looks at frames, each once. */
export interface FrameViews {
  /** Null for an image that cannot be decoded. */
  view(name: string): Promise<FrameView | null>;
  /** Frames that could not be decoded, with what is wrong. */
  readonly broken: ReadonlyMap<string, string>;
}

/** SHA-256 and look of an image. @throws MaskloopError `BrokenImage` */
export async function viewOf(bytes: Uint8Array, name: string): Promise<FrameView> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { sha256, ...(await readLook(bytes, name)) };
}

/** A memory of the frames of a pool that were looked at. Their bytes are not kept. */
export function createFrameViews(pool: Pool): FrameViews {
  const seen = new Map<string, Promise<FrameView | null>>();
  const broken = new Map<string, string>();
  const look = async (name: string): Promise<FrameView | null> => {
    const bytes = await pool.read(name);
    try {
      return await viewOf(bytes, name);
    } catch (error) {
      if (!isMaskloopError(error, 'BrokenImage')) throw error;
      broken.set(name, error.message);
      return null;
    }
  };
  return {
    broken,
    view: async (name) => {
      const known = seen.get(name) ?? look(name);
      seen.set(name, known);
      return known;
    },
  };
}
