import { readAnnotations, type Target } from '../state/annotations.ts';
import { fileFrame, frameBytes, videoFrameName } from '../media/video-frames.ts';
import type { CvatState } from '../state/cvat-state.ts';
import type { Frame, Label, Project, Task } from '../state/entities.ts';
import { annotatedJobs, jobFrames } from '../state/jobs.ts';
import { taskLabels } from '../state/labels.ts';
import { projectTasks } from '../state/projects.ts';
import type { Track } from '../state/shapes.ts';
import type { ExportedShape } from './exported-shape.ts';
import { framesOfTracks } from './interpolate.ts';

/** One frame of an export. */
export interface DatasetItem {
  /** With the extension. */
  readonly name: string;
  readonly frame: Frame;
  /** The frame's file. */
  readonly bytes: () => Buffer;
  /** From the lowest to the highest, and what is equally high by id. */
  readonly shapes: readonly ExportedShape[];
  /** True if something is on the frame, of whatever kind. */
  readonly isAnnotated: boolean;
}

/** What is exported. */
export interface Dataset {
  readonly items: readonly DatasetItem[];
  readonly labels: readonly Label[];
}

export type ExportSource = Target | { readonly project: Project };

/** Collects frames with their shapes. Deleted frames and honeypots are left out, with everything on them. */
export function collectDataset(state: CvatState, source: ExportSource): Dataset {
  if ('project' in source) {
    const tasks = projectTasks(state, source.project.id).filter((task) => task.data !== null);
    const items = tasks.flatMap((task) => itemsOf(state, task, { task }));
    const labels = [...state.labels.values()].filter((label) => label.projectId === source.project.id);
    return { items, labels };
  }
  const task = 'job' in source ? state.tasks.get(source.job.taskId) : source.task;
  if (task === undefined) return { items: [], labels: [] };
  return { items: itemsOf(state, task, source), labels: taskLabels(state, task) };
}

function itemsOf(state: CvatState, task: Task, target: Target): DatasetItem[] {
  const { data } = task;
  if (data === null) return [];
  const { shapes, tags, tracks } = readAnnotations(state, target);
  const numbers = 'job' in target ? jobFrames(target.job) : data.frames.map((_, number) => number);
  const jobs = 'job' in target ? [target.job] : annotatedJobs(state, task);
  const lastFrameOf = (track: Track): number =>
    jobs.find((job) => job.tracks.some(({ id }) => id === track.id))?.stopFrame ?? 0;
  const all: ExportedShape[] = [...shapes, ...framesOfTracks(tracks, lastFrameOf)];
  return numbers.flatMap((number) => {
    const frame = data.frames[number];
    if (frame === undefined || frame.isHoneypot === true || data.deletedFrames.includes(number)) return [];
    const name = data.video === null ? frame.name : `${videoFrameName(fileFrame(data.video, number))}.png`;
    const own = all.filter((shape) => shape.frame === number);
    const isAnnotated = own.length > 0 || tags.some((tag) => tag.frame === number);
    const sorted = own.toSorted((a, b) => a.z_order - b.z_order || a.id - b.id);
    return [{ name, frame, bytes: () => frameBytes(data, number), shapes: sorted, isAnnotated }];
  });
}
