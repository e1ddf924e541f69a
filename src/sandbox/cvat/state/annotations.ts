import { announce } from './changes.ts';
import type { CvatState } from './cvat-state.ts';
import type { Job, Task } from './entities.ts';
import { annotatedJobs } from './jobs.ts';
import type { NewAnnotations, Shape, StoredAnnotations, Track } from './shapes.ts';
import { saveTask, touchProject } from './tasks.ts';

/** Jobs that a request addresses: one job takes any frame, a task gives each frame to the jobs that hold it. */
export type Target = { readonly job: Job } | { readonly task: Task };

/**
 * The annotations of a job, or of a task as CVAT merges its jobs: shapes of shared frames that are equal appear once,
 * masks never. Shapes of a job come by frame, and within a frame in no order that a client could rely on.
 */
export function readAnnotations(state: CvatState, target: Target): StoredAnnotations {
  if ('job' in target) return { ...target.job, shapes: listed(state, target.job.shapes) };
  const jobs = annotatedJobs(state, target.task);
  return {
    shapes: mergedShapes(state, jobs),
    tags: jobs.flatMap((job) => job.tags),
    tracks: jobs.flatMap((job) => job.tracks),
  };
}

/** Adds annotations under new ids; at task level what lies outside all frames is dropped without a word. */
export function addAnnotations(state: CvatState, target: Target, added: NewAnnotations): StoredAnnotations {
  const shapes = [];
  const tags = [];
  const tracks = [];
  for (const job of targetJobs(state, target)) {
    const fits = (item: { frame: number }): boolean => 'job' in target || holds(job, item.frame);
    const own = {
      shapes: added.shapes.filter(fits).map((shape) => ({ ...shape, id: state.nextId('shape') })),
      tags: added.tags.filter(fits).map((tag) => ({ ...tag, id: state.nextId('tag') })),
      tracks: added.tracks.filter(fits).map((track) => numbered(state, track)),
    };
    if (own.shapes.length + own.tags.length + own.tracks.length === 0) continue;
    job.shapes.push(...own.shapes);
    job.tags.push(...own.tags);
    job.tracks.push(...own.tracks);
    touch(state, job);
    shapes.push(...own.shapes);
    tags.push(...own.tags);
    tracks.push(...own.tracks);
  }
  return { shapes, tags, tracks };
}

/** Removes everything; jobs that were empty stay untouched. */
export function clearAnnotations(state: CvatState, target: Target): void {
  for (const job of targetJobs(state, target)) {
    if (job.shapes.length + job.tags.length + job.tracks.length === 0) continue;
    job.shapes = [];
    job.tags = [];
    job.tracks = [];
    touch(state, job);
  }
}

/** Puts annotations in the place of all that were there; each job that had or gets some changes once. */
export function replaceAnnotations(state: CvatState, target: Target, added: NewAnnotations): StoredAnnotations {
  const emptied = targetJobs(state, target).filter(
    (job) => job.shapes.length + job.tags.length + job.tracks.length > 0,
  );
  for (const job of emptied) Object.assign(job, { shapes: [], tags: [], tracks: [] });
  const stored = addAnnotations(state, target, added);
  for (const job of emptied) if (job.shapes.length + job.tags.length + job.tracks.length === 0) touch(state, job);
  return stored;
}

/** Replaces annotations by id; the ids stay. */
export function updateAnnotations(state: CvatState, target: Target, changed: StoredAnnotations): void {
  for (const job of targetJobs(state, target)) {
    const before = [job.shapes, job.tags, job.tracks];
    job.shapes = replaceById(job.shapes, changed.shapes);
    job.tags = replaceById(job.tags, changed.tags);
    job.tracks = replaceById(job.tracks, changed.tracks);
    if (before[0] !== job.shapes || before[1] !== job.tags || before[2] !== job.tracks) touch(state, job);
  }
}

type Ids = Readonly<Record<'shapes' | 'tags' | 'tracks', ReadonlySet<number>>>;

/** Removes annotations by id. Ids that are gone already count as removed, and as a change of a job that was addressed. */
export function removeAnnotations(state: CvatState, target: Target, ids: Ids): void {
  const asked = ids.shapes.size + ids.tags.size + ids.tracks.size > 0;
  for (const job of targetJobs(state, target)) {
    const before = job.shapes.length + job.tags.length + job.tracks.length;
    job.shapes = job.shapes.filter((shape) => !ids.shapes.has(shape.id));
    job.tags = job.tags.filter((tag) => !ids.tags.has(tag.id));
    job.tracks = job.tracks.filter((track) => !ids.tracks.has(track.id));
    const after = job.shapes.length + job.tags.length + job.tracks.length;
    if (after !== before || (asked && 'job' in target)) touch(state, job);
  }
}

function listed(state: CvatState, shapes: readonly Shape[]): Shape[] {
  return shapes
    .toSorted((a, b) => a.frame - b.frame || scrambled(a) - scrambled(b))
    .map((shape) => withDefaults(state, shape));
}

function scrambled(shape: Shape): number {
  return Math.imul(shape.id, 0x9e3779b1) >>> 0;
}

/** Attributes of its label that a shape does not name have their default values. */
function withDefaults(state: CvatState, shape: Shape): Shape {
  const specs = state.labels.get(shape.label_id)?.attributes ?? [];
  const missing = specs.filter((spec) => !shape.attributes.some((attribute) => attribute.spec_id === spec.id));
  if (missing.length === 0) return shape;
  const defaults = missing.map((spec) => ({ spec_id: spec.id, value: spec.defaultValue }));
  return { ...shape, attributes: [...shape.attributes, ...defaults] };
}

function targetJobs(state: CvatState, target: Target): Job[] {
  return 'job' in target ? [target.job] : annotatedJobs(state, target.task);
}

/** A track is new, but its shapes keep the ids that the client gives them, which CVAT does not look at. */
function numbered(state: CvatState, track: Omit<Track, 'id'>): Track {
  const shapes = track.shapes.map((shape) => {
    const given: unknown = Reflect.get(shape, 'id');
    return { ...shape, id: typeof given === 'number' ? given : state.nextId('trackShape') };
  });
  return { ...track, id: state.nextId('track'), shapes };
}

function holds(job: Job, frame: number): boolean {
  return frame >= job.startFrame && frame <= job.stopFrame;
}

/** Leaves out what an earlier job holds just so, except masks. */
function mergedShapes(state: CvatState, jobs: readonly Job[]): Shape[] {
  const seen = new Set<string>();
  return jobs.flatMap((job) => {
    const kept = listed(state, job.shapes).filter((shape) => shape.type === 'mask' || !seen.has(content(shape)));
    for (const shape of kept) seen.add(content(shape));
    return kept;
  });
}

function content(shape: Shape): string {
  return JSON.stringify({ ...shape, id: 0 });
}

function replaceById<T extends { readonly id: number }>(items: T[], changed: readonly T[]): T[] {
  const byId = new Map(changed.map((item) => [item.id, item]));
  if (!items.some((item) => byId.has(item.id))) return items;
  return items.map((item) => byId.get(item.id) ?? item);
}

function touch(state: CvatState, job: Job): void {
  job.updated = state.stamp();
  announce(state, { action: 'update', kind: 'job', id: job.id });
  const task = state.tasks.get(job.taskId);
  if (task === undefined) return;
  saveTask(state, task);
  touchProject(state, task);
}
