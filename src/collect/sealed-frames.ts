import type { NativeShape } from '../cvat/native.ts';
import { trackShapes } from '../cvat/track-shapes.ts';
import type { JobSection, OpenSeal } from './read-seal.ts';
import type { SealedFrame } from './seal-lines.ts';
import { withoutTwins } from './without-twins.ts';

/** A shape and the job that it was drawn in. */
export interface SealedShape extends NativeShape {
  readonly job: number;
}

/** One frame with all that is drawn on it. */
export interface FrameContent {
  readonly frame: SealedFrame;
  /** Shapes, and what tracks show on this frame; without the second of what two jobs hold alike. */
  readonly shapes: readonly SealedShape[];
  readonly tags: number;
  /** Shapes that two jobs hold alike. */
  readonly twins: number;
  /** Shapes of jobs that this frame does not belong to. */
  readonly misplaced: number;
}

interface Held {
  shapes: SealedShape[];
  tags: number;
  misplaced: number;
}

/**
 * The frames of a seal in their order, each with its shapes. Beside one job only what jobs share frames with it is held in
 * memory. A shape on a frame outside of its job, which no editor shows, is counted where it claims to be.
 */
export async function* sealedFrames({ frames, jobs }: Pick<OpenSeal, 'frames' | 'jobs'>): AsyncGenerator<FrameContent> {
  const held = new Map<number, Held>();
  const at = (frame: number): Held => {
    const known = held.get(frame) ?? { shapes: [], tags: 0, misplaced: 0 };
    held.set(frame, known);
    return known;
  };
  let next = 0;
  for await (const section of jobs()) {
    for (; next < Math.min(section.job.startFrame, frames.length); next += 1) yield contentOf(frames[next]!, held);
    add(section, at);
  }
  for (; next < frames.length; next += 1) yield contentOf(frames[next]!, held);
}

function add({ job, content }: JobSection, at: (frame: number) => Held): void {
  const isOwn = (frame: number): boolean => frame >= job.startFrame && frame <= job.stopFrame;
  const shown = content.tracks
    .flatMap((track) => trackShapes(track, job.stopFrame))
    .filter(({ frame }) => isOwn(frame));
  for (const shape of [...content.shapes, ...shown]) {
    if (isOwn(shape.frame)) at(shape.frame).shapes.push({ ...shape, job: job.id });
    else at(shape.frame).misplaced += 1;
  }
  for (const { frame } of content.tags) at(frame).tags += 1;
}

function contentOf(frame: SealedFrame, held: Map<number, Held>): FrameContent {
  const own = held.get(frame.frame);
  held.delete(frame.frame);
  const shapes = withoutTwins(own?.shapes ?? []);
  const twins = (own?.shapes.length ?? 0) - shapes.length;
  return { frame, shapes, tags: own?.tags ?? 0, twins, misplaced: own?.misplaced ?? 0 };
}
