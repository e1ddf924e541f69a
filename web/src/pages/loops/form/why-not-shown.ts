import { DURATION } from '../../../../../src/notation/duration.ts';
import type { Control, Field } from './field.ts';
import { fieldSchema } from './field-schema.ts';
import { heldOutKeys, heldOutWay } from './held-out-ways.ts';
import { FIELDS } from './sections.ts';
import { isRecord, valueAt } from './yaml-values.ts';

/**
 * Why the form cannot show what a text says, so that changing it there would lose something; null where it can.
 *
 * @param values of the text
 */
export function whyNotShown(values: Readonly<Record<string, unknown>>): string | null {
  return whyNotBelow(values, '', values);
}

const BY_PATH: ReadonlyMap<string, Field> = new Map(
  FIELDS.flatMap((field) => [field.path, ...(field.besides ?? [])].map((path) => [path, field] as const)),
);

function whyNotBelow(part: Readonly<Record<string, unknown>>, above: string, values: unknown): string | null {
  for (const [key, value] of Object.entries(part)) {
    const path = above + key;
    const field = BY_PATH.get(path);
    const isAbove = [...BY_PATH.keys()].some((known) => known.startsWith(`${path}.`));
    if (value === null) {
      if (field === undefined && !isAbove) return `The form has no field for ${path}.`;
    } else if (field !== undefined && field.control.kind !== 'part') {
      if (!canShow(field, value, values)) return `The form cannot show what ${path} says.`;
    } else if (!isAbove && field === undefined) return `The form has no field for ${path}.`;
    else {
      const why = isRecord(value) ? whyNotBelow(value, `${path}.`, values) : `The form cannot show what ${path} says.`;
      if (why !== null) return why;
    }
  }
  return null;
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

function canShow({ path, control }: Field, value: unknown, values: unknown): boolean {
  switch (control.kind) {
    case 'text':
      return typeof value === 'number' || (typeof value === 'string' && !value.includes('\n'));
    case 'or':
      return typeof value === 'string';
    case 'word':
      return wordsOf(path, control).includes(String(value));
    case 'yes':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number';
    case 'duration':
      return typeof value === 'string' && DURATION.test(value);
    case 'names':
      return control.isNumbers === true
        ? Array.isArray(value) && value.every((item) => typeof item === 'number')
        : isTexts(value) && value.every((item) => !/[,\n]/.test(item) && item.trim() === item);
    case 'words':
      return isTexts(value) && value.every((word) => fieldSchema(path.split('.')).words.includes(word));
    case 'completion':
      return typeof value === 'string' && /^(?:state|acceptance|fraction=\d*\.?\d*)$/.test(value);
    case 'rows':
      return control.shape.read(value) !== null;
    case 'held-out':
      return heldOutWay(heldOutKeys(valueAt(values, ['training']))) !== null;
    case 'part':
      break;
  }
  return isRecord(value);
}

/** Words that a choice offers. */
export function wordsOf(path: string, { says }: Extract<Control, { kind: 'word' }>): readonly string[] {
  const { words } = fieldSchema(path.split('.'));
  return words.length > 0 ? words : Object.keys(says ?? {}).toSorted((a, b) => Number(b) - Number(a));
}
