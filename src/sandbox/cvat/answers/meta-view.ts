import type { Job, Task, TaskData } from '../state/entities.ts';
import { jobFrames } from '../state/jobs.ts';
import { chunksOf } from './views.ts';

/** What a ground truth job shows in place of a frame that it is not about. */
const PLACEHOLDER = 'placeholder.jpg';

interface Span {
  /** Numbers within the task; the last is inclusive. */
  readonly start: number;
  readonly stop: number;
}

/** Frames of a task that has some, or of one of its jobs. */
export function metaView(task: Task, job?: Job): object {
  const { data } = task;
  const span = { start: job?.startFrame ?? 0, stop: job?.stopFrame ?? (data?.frames.length ?? 0) - 1 };
  const { video = null } = data ?? {};
  return {
    chapters: video === null ? null : [],
    chunks_updated_date: job?.chunksUpdated ?? data?.chunksUpdated,
    chunk_size: chunksOf(data).size,
    size: job === undefined ? span.stop + 1 : jobFrames(job).length,
    image_quality: data?.imageQuality,
    start_frame: video === null ? span.start : video.start + span.start * video.step,
    stop_frame: video === null ? span.stop : video.start + span.stop * video.step,
    frame_filter: video === null || video.step === 1 ? '' : `step=${video.step}`,
    frames: data === null ? [] : shownFrames(data, span, job),
    deleted_frames: data?.deletedFrames.filter((frame) => frame >= span.start && frame <= span.stop),
    included_frames: job?.includedFrames ?? null,
    storage: 'local',
    cloud_storage_id: null,
  };
}

/** One element for a whole video; else one for each frame of the span. */
function shownFrames(data: TaskData, span: Span, job: Job | undefined): object[] {
  const included = job?.includedFrames ?? null;
  const frames = data.frames.slice(span.start, data.video === null ? span.stop + 1 : span.start + 1);
  return frames.map((frame, index) => {
    const isHidden = included !== null && !included.includes(span.start + index);
    return {
      width: frame.width,
      height: frame.height,
      name: isHidden ? PLACEHOLDER : (data.video?.name ?? frame.name),
      related_files: 0,
      has_related_context: false,
    };
  });
}
