export interface Segmentation {
  readonly segmentSize: number;
  readonly overlap: number;
  /** Inclusive frame ranges, one a job. */
  readonly ranges: readonly { readonly start: number; readonly stop: number }[];
}

/**
 * Cuts frames into jobs as CVAT does: neighbours share `overlap` frames, which may be half a segment at most,
 * and a job never consists of shared frames only.
 */
export function segments(task: { frames: number; segmentSize: number; overlap: number }): Segmentation {
  const segmentSize = Math.max(1, Math.min(task.segmentSize, task.frames));
  const overlap = task.frames <= segmentSize ? 0 : Math.min(task.overlap, Math.floor(segmentSize / 2));
  const ranges = [];
  for (let start = 0; start < task.frames - overlap; start += segmentSize - overlap) {
    ranges.push({ start, stop: Math.min(start + segmentSize, task.frames) - 1 });
  }
  return { segmentSize: task.segmentSize > task.frames ? task.frames : segmentSize, overlap, ranges };
}
