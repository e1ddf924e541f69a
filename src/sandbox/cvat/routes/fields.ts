import { refuseFields, unknownField } from '../answers/refusal.ts';
import { asText, type Fields } from './body.ts';

interface TextRules {
  /** Characters. */
  readonly max: number;
  readonly blank?: boolean;
}

/**
 * A text of a body without blanks around it; undefined if the body does not name it.
 *
 * @throws Refusal 400 as CVAT words it
 */
export function textField(body: Fields, name: string, rules: TextRules): string | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  const complaint = textComplaint(value, rules);
  if (complaint !== undefined) throw refuseFields({ [name]: [complaint] });
  return asText(value).trim();
}

/** @throws Refusal 400 also if the body does not name it */
export function requiredText(body: Fields, name: string, rules: TextRules): string {
  const value = textField(body, name, rules);
  if (value === undefined) throw refuseFields({ [name]: ['This field is required.'] });
  return value;
}

export function textComplaint(value: unknown, rules: TextRules): string | undefined {
  if (value === null) return 'This field may not be null.';
  if (typeof value !== 'string' && typeof value !== 'number') return 'Not a valid string.';
  const text = String(value).trim();
  if (text.includes('\0')) return 'Null characters are not allowed.';
  if (text === '' && rules.blank !== true) return 'This field may not be blank.';
  if (Array.from(text).length > rules.max) return `Ensure this field has no more than ${rules.max} characters.`;
  return undefined;
}

/** A whole number, or null if the body says so; undefined if the body does not name it. */
export function idField(body: Fields, name: string): number | null | undefined {
  const value = body[name];
  if (value === undefined || value === null) return value;
  const number = Number(value);
  if (!Number.isInteger(number)) throw refuseFields({ [name]: ['A valid integer is required.'] });
  return number;
}

/** One of a few words. @throws Refusal 400 for another */
export function choiceField<T extends string>(body: Fields, name: string, choices: readonly T[]): T | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw refuseFields({ [name]: [`"${asText(value)}" is not a valid choice.`] });
  return choice;
}

/** @throws Refusal 403 if a PATCH names a field that may not be changed or does not exist */
export function onlyFields(body: Fields, names: readonly string[]): void {
  if (Object.keys(body).some((name) => !names.includes(name))) throw unknownField();
}
