import { paintFrame } from '../../src/collect/paint-frame.ts';
import type { SealedFrame } from '../../src/collect/seal-lines.ts';
import { sealedFrames } from '../../src/collect/sealed-frames.ts';
import { nativeWire } from '../../src/cvat/wire/native.ts';
import type { ShapeTask } from './random-tasks.ts';

/** A frame by the pixels of its labels; values are label ids. */
export interface Painted {
  readonly values: readonly number[];
  readonly pixels: Readonly<Record<string, number>>;
}

/** Paints a task as its labels are painted from a seal. */
export async function paintTask({ width, height, frames, annotations }: ShapeTask): Promise<Painted[]> {
  const all = Array.from({ length: frames }, (_, frame): SealedFrame => {
    return { frame, name: `frame ${frame}`, width, height, state: 'labelled' };
  });
  const job = { id: 1, startFrame: 0, stopFrame: frames - 1, stage: 'annotation', state: 'completed' };
  const content = nativeWire.parse(annotations);
  const jobs = async function* () {
    yield { job: { ...job, assignee: null, complete: true, updatedAt: '' }, content };
  };
  const painted: Painted[] = [];
  for await (const frame of sealedFrames({ frames: all, jobs })) {
    const values = [...paintFrame(frame, (labelId) => labelId).mask.values];
    const pixels: Record<string, number> = {};
    for (const value of values) if (value > 0) pixels[value] = (pixels[value] ?? 0) + 1;
    painted.push({ values, pixels });
  }
  return painted;
}
