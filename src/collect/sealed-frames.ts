import { placedContent, type OutsideJob, type SealedShape } from './placed-content.ts';
import type { OpenSeal } from './read-seal.ts';
import type { SealedFrame } from './seal-lines.ts';
import { withoutTwins } from './without-twins.ts';

/** One frame with all that is drawn on it. */
export interface FrameContent {
  readonly frame: SealedFrame;
  /** Shapes, and what tracks show on this frame; without the second of what two jobs hold alike. */
  readonly shapes: readonly SealedShape[];
  readonly tags: number;
  /** Shapes that two jobs hold alike. */
  readonly twins: number;
}

interface Held {
  shapes: SealedShape[];
  tags: number;
}

/**
 * The frames of a seal in their order, each with its shapes. Beside one job only what jobs share frames with it is held in
 * memory.
 *
 * @param onOutside is told for each job what it holds on frames that are not its own, which belongs to no frame
 */
export async function* sealedFrames(
  { frames, jobs }: Pick<OpenSeal, 'frames' | 'jobs'>,
  onOutside?: (outside: OutsideJob) => void,
): AsyncGenerator<FrameContent> {
  const held = new Map<number, Held>();
  const at = (frame: number): Held => {
    const known = held.get(frame) ?? { shapes: [], tags: 0 };
    held.set(frame, known);
    return known;
  };
  let next = 0;
  for await (const section of jobs()) {
    for (; next < Math.min(section.job.startFrame, frames.length); next += 1) yield contentOf(frames[next]!, held);
    const { shapes, tags, outside } = placedContent(section);
    for (const shape of shapes) at(shape.frame).shapes.push(shape);
    for (const { frame } of tags) at(frame).tags += 1;
    onOutside?.(outside);
  }
  for (; next < frames.length; next += 1) yield contentOf(frames[next]!, held);
}

function contentOf(frame: SealedFrame, held: Map<number, Held>): FrameContent {
  const own = held.get(frame.frame);
  held.delete(frame.frame);
  const shapes = withoutTwins(own?.shapes ?? []);
  const twins = (own?.shapes.length ?? 0) - shapes.length;
  return { frame, shapes, tags: own?.tags ?? 0, twins };
}
