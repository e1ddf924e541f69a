import type { Field } from './field.ts';

/** A text in one line. */
export function text(path: string, label: string, example?: string): Field {
  return {
    path,
    label,
    control: example === undefined ? { kind: 'text' } : { kind: 'text', example },
  };
}

/** A number with its unit. */
export function number(path: string, label: string, unit?: string): Field {
  return {
    path,
    label,
    control: unit === undefined ? { kind: 'number' } : { kind: 'number', unit },
  };
}

/** A duration. */
export function duration(path: string, label: string): Field {
  return { path, label, control: { kind: 'duration' } };
}

/** Names of people. */
export function people(path: string, label: string): Field {
  return {
    path,
    label,
    control: { kind: 'names', example: 'anna, ben' },
  };
}

/** Yes or no. */
export function yes(path: string, label: string): Field {
  return { path, label, control: { kind: 'yes' } };
}
