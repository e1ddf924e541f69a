import { createHash } from 'node:crypto';
import type { CvatState } from './cvat-state.ts';
import type { AttributeSpec, Label, Task } from './entities.ts';

export interface NewLabel {
  readonly name: string;
  readonly color?: string | undefined;
  readonly type?: string | undefined;
  readonly attributes?: readonly Omit<AttributeSpec, 'id'>[] | undefined;
}

type LabelOwner = { projectId: number } | { taskId: number };

export function addLabel(state: CvatState, owner: LabelOwner, label: NewLabel): Label {
  const added: Label = {
    id: state.nextId('label'),
    projectId: 'projectId' in owner ? owner.projectId : null,
    taskId: 'taskId' in owner ? owner.taskId : null,
    name: label.name,
    color: label.color ?? colorOf(label.name),
    type: label.type ?? 'any',
    attributes: (label.attributes ?? []).map((spec) => ({ ...spec, id: state.nextId('attribute') })),
  };
  state.labels.set(added.id, added);
  return added;
}

/** A colour that follows from the name, since a rename without a colour changes it. */
export function colorOf(name: string): string {
  return `#${createHash('md5').update(name).digest('hex').slice(0, 6)}`;
}

export function projectLabels(state: CvatState, projectId: number): Label[] {
  return [...state.labels.values()].filter((label) => label.projectId === projectId);
}

/** The labels that shapes of a task may have: its project's, or its own where it has no project. */
export function taskLabels(state: CvatState, task: Task): Label[] {
  if (task.projectId !== null) return projectLabels(state, task.projectId);
  return [...state.labels.values()].filter((label) => label.taskId === task.id);
}
