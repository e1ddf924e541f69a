import { refuseCrash, refuseFields, refuseList } from '../answers/refusal.ts';
import type { CvatState } from '../state/cvat-state.ts';
import type { AttributeSpec } from '../state/entities.ts';
import { addLabel, colorOf, projectLabels, type NewLabel } from '../state/labels.ts';
import { asText, fieldsOf, type Fields } from './body.ts';
import { textComplaint } from './fields.ts';

/** A label as a body names it: with an id to change or delete one, without to add one. */
export interface LabelInput extends NewLabel {
  readonly id: number | undefined;
  readonly isDeleted: boolean;
}

/**
 * The labels of a body; empty if it names none.
 *
 * @throws Refusal 400 for a bad name or two equal ones
 */
export function labelInputs(body: Fields): readonly LabelInput[] {
  const given = body['labels'];
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw refuseFields({ labels: ['Expected a list of items.'] });
  const complaints = given.map((label) => complaintOf(fieldsOf(label)));
  if (complaints.some((complaint) => complaint !== undefined)) {
    throw refuseFields({
      labels: complaints.map((complaint) => (complaint === undefined ? {} : { name: [complaint] })),
    });
  }
  const inputs = given.map((label) => labelInput(fieldsOf(label)));
  const names = inputs.filter((label) => label.name !== '').map((label) => label.name);
  if (new Set(names).size < names.length) throw refuseList('All label names must be unique');
  return inputs;
}

/** Adds, renames and deletes labels of a project. */
export function applyLabels(state: CvatState, projectId: number, inputs: readonly LabelInput[]): void {
  const taken = new Map(projectLabels(state, projectId).map((label) => [label.id, label]));
  const added = inputs.filter((input) => input.id === undefined).map((input) => input.name);
  if ([...taken.values()].some((label) => added.includes(label.name))) {
    throw refuseList('All label names must be unique');
  }
  for (const input of inputs) {
    const label = input.id === undefined ? undefined : taken.get(input.id);
    if (input.id === undefined) addLabel(state, { projectId }, input);
    else if (label === undefined) throw refuseCrash();
    else if (input.isDeleted) state.labels.delete(label.id);
    else {
      if (input.name !== '' && input.name !== label.name) {
        label.name = input.name;
        label.color = colorOf(input.name);
      }
      label.color = input.color ?? label.color;
    }
  }
}

function complaintOf(label: Fields): string | undefined {
  if (label['name'] === undefined) return label['id'] === undefined ? 'This field is required.' : undefined;
  return textComplaint(label['name'], { max: 64 });
}

function labelInput(label: Fields): LabelInput {
  const id = label['id'];
  const color = label['color'];
  const type = label['type'];
  return {
    id: typeof id === 'number' ? id : undefined,
    isDeleted: label['deleted'] === true,
    name: typeof label['name'] === 'string' ? label['name'].trim() : '',
    color: typeof color === 'string' && color !== '' ? color : undefined,
    type: typeof type === 'string' ? type : undefined,
    attributes: Array.isArray(label['attributes']) ? label['attributes'].map((spec) => attribute(fieldsOf(spec))) : [],
  };
}

function attribute(spec: Fields): Omit<AttributeSpec, 'id'> {
  const values = spec['values'];
  return {
    name: asText(spec['name'] ?? ''),
    mutable: spec['mutable'] === true,
    inputType: asText(spec['input_type'] ?? 'text'),
    defaultValue: asText(spec['default_value'] ?? ''),
    values: Array.isArray(values) ? values.map(asText) : [],
  };
}
