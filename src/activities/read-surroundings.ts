import type { ForIteration } from '../contracts/iteration.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { TaskRef } from '../contracts/refs.ts';
import type { WaitTerms } from '../contracts/waiting.ts';
import type { Cvat } from '../cvat/cvat.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { labelChanges, type LabelChanges } from '../waiting/label-changes.ts';
import { versionNote } from '../waiting/version-note.ts';
import { readLabelTable } from './read-label-table.ts';

export interface Surroundings {
  readonly deletedFrames: readonly number[];
  /** In words, what differs from the upload and stops nothing. */
  readonly notes: readonly string[];
}

type Where = ForIteration & { readonly task: TaskRef; readonly terms: WaitTerms };

/**
 * What is around the jobs: labels of the project, deleted frames, CVAT's version. It changes seldom, so it is read seldom.
 *
 * @throws MaskloopError `LabelsChanged` if a category has lost its label and nobody has approved that
 */
export async function readSurroundings(
  { cvat, store }: { readonly cvat: Cvat; readonly store: ArtifactStore },
  { task, terms }: Where,
  signal: AbortSignal,
): Promise<Surroundings> {
  const changes = await changedLabels({ cvat, store }, { task, terms }, signal);
  if (!terms.approved.includes('LabelsChanged')) requireLabels(changes, task);
  const { deletedFrames } = await cvat.taskMeta(task.taskId, signal);
  const notes = [
    namesText(
      changes.lost.map(({ name }) => name),
      'no label is named',
    ),
    namesText(changes.replaced, 'deleted and made anew, with what was drawn, was the label'),
    namesText(changes.added, 'without a category is the new label'),
    deletedText(deletedFrames.length),
    versionNote(task.cvatVersion, await cvat.version(signal)),
  ];
  return { deletedFrames, notes: notes.filter((text) => text !== null) };
}

/** Nothing where no table was made, since the upload was skipped. */
async function changedLabels(
  { cvat, store }: { readonly cvat: Cvat; readonly store: ArtifactStore },
  { task, terms }: Pick<Where, 'task' | 'terms'>,
  signal: AbortSignal,
): Promise<LabelChanges> {
  const { labelTable } = terms;
  if (labelTable === null) return { lost: [], replaced: [], added: [] };
  const labels = await cvat.projectLabels(task.projectId, signal);
  return labelChanges(labels, await readLabelTable(store, labelTable));
}

function requireLabels({ lost }: LabelChanges, task: TaskRef): void {
  if (lost.length === 0) return;
  const said = lost.slice(0, 5).map(({ name, now }) => {
    return now === null ? `"${name}" was deleted, with what was drawn` : `"${name}" is named "${now}" now`;
  });
  throw new MaskloopError('LabelsChanged', `Labels of the project have changed: ${said.join(', ')}: ${task.url}`, {
    facts: { task: task.taskId, url: task.url, labels: lost.slice(0, 20).map((label) => ({ ...label })) },
  });
}

function namesText(names: readonly string[], before: string): string | null {
  if (names.length === 0) return null;
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return `${before} ${names.slice(0, 5).join(', ')}${more}`;
}

function deletedText(frames: number): string | null {
  if (frames === 0) return null;
  return frames === 1 ? '1 frame is deleted' : `${frames} frames are deleted`;
}
