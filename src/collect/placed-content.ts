import type { NativeShape, Tag } from '../cvat/native.ts';
import { trackShapes } from '../cvat/track-shapes.ts';
import type { JobSection } from './read-seal.ts';

/** A shape and the job that it was drawn in. */
export interface SealedShape extends NativeShape {
  readonly job: number;
}

/** How much of a job lies on none of its frames. CVAT stores that, and no editor shows it. */
export interface OutsideJob {
  readonly shapes: number;
  readonly tags: number;
  /** Tracks that show nothing on any frame of the job. */
  readonly tracks: number;
}

/** What a job holds on its own frames, tracks as the shapes that they show, and how much it holds elsewhere. */
export interface PlacedContent {
  readonly shapes: readonly SealedShape[];
  readonly tags: readonly Tag[];
  readonly outside: OutsideJob;
}

/** Parts what a job holds into what lies on its own frames and what does not, wherever that points to. */
export function placedContent({ job, content }: JobSection): PlacedContent {
  const isOwn = ({ frame }: { readonly frame: number }): boolean => frame >= job.startFrame && frame <= job.stopFrame;
  const shapes = content.shapes.filter(isOwn);
  const tags = content.tags.filter(isOwn);
  const tracks = content.tracks.map((track) => trackShapes(track, job.stopFrame).filter(isOwn));
  return {
    shapes: [...shapes, ...tracks.flat()].map((shape) => ({ ...shape, job: job.id })),
    tags,
    outside: {
      shapes: content.shapes.length - shapes.length,
      tags: content.tags.length - tags.length,
      tracks: tracks.filter((shown) => shown.length === 0).length,
    },
  };
}
