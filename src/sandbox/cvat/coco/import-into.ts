import { type Target, addAnnotations, clearAnnotations } from '../state/annotations.ts';
import type { CvatState } from '../state/cvat-state.ts';
import type { Task } from '../state/entities.ts';
import { taskLabels } from '../state/labels.ts';
import type { NewAnnotations } from '../state/shapes.ts';
import { importCoco } from './import-coco.ts';
import type { CocoImport } from './parse-coco.ts';

/**
 * Imports documents into a task or job. A ground truth job keeps only what lies on its own frames, without a word on
 * the rest; what is imported to a frame that has honeypot copies goes to each of them.
 *
 * @throws BackgroundFailure if something does not fit, in which case nothing has changed
 */
export function importInto(
  state: CvatState,
  order: { task: Task; target: Target; documents: readonly CocoImport[]; isAppending: boolean },
): void {
  const { task, target } = order;
  const job = 'job' in target ? target.job : undefined;
  const frames = (task.data?.frames ?? []).map(({ name }, number) => ({ name, number }));
  const imported = importCoco(order.documents, {
    frames: frames.filter(({ number }) => job === undefined || (number >= job.startFrame && number <= job.stopFrame)),
    labels: taskLabels(state, task),
    isVideo: task.data?.video != null,
    lastFrame: frames.length - 1,
    version: state.version,
  });
  const spread = task.validationMode === 'gt_pool' ? onEqualFrames(imported, task) : imported;
  const included = job?.includedFrames ?? null;
  const kept = included === null ? spread : onlyFrames(spread, new Set(included));
  if (!order.isAppending) clearAnnotations(state, target);
  addAnnotations(state, target, kept);
}

function onEqualFrames(imported: NewAnnotations, task: Task): NewAnnotations {
  const names = (task.data?.frames ?? []).map((frame) => frame.name);
  const shapes = imported.shapes.flatMap((shape) => {
    const name = names[shape.frame];
    return names.flatMap((other, frame) => (other === name ? [{ ...shape, frame }] : []));
  });
  return { ...imported, shapes };
}

function onlyFrames(imported: NewAnnotations, frames: ReadonlySet<number>): NewAnnotations {
  const isOwn = (item: { frame: number }): boolean => frames.has(item.frame);
  return {
    shapes: imported.shapes.filter(isOwn),
    tags: imported.tags.filter(isOwn),
    tracks: imported.tracks.filter(isOwn),
  };
}
