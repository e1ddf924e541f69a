import { createContext, useContext } from 'react';
import type { TextProblem } from './text-problems.ts';

/** What all fields of a form share. */
export interface FormState {
  readonly values: Readonly<Record<string, unknown>>;
  /** The value at a path, or what counts where nothing is said. */
  readonly get: (path: string) => unknown;
  readonly problems: readonly TextProblem[];
  /** True for a loop that runs: what it is cannot be changed, and it has begun. */
  readonly isEdit: boolean;
  readonly change: (path: string, value: unknown) => void;
  /** Several at once. */
  readonly changeAll: (changes: readonly (readonly [path: string, value: unknown])[]) => void;
  /** Where somebody has been: only there is it told that something is missing. */
  readonly isTouched: (path: string) => boolean;
  readonly touch: (path: string) => void;
}

const NONE: FormState = {
  values: {},
  get: () => undefined,
  problems: [],
  isEdit: false,
  change: () => undefined,
  changeAll: () => undefined,
  isTouched: () => false,
  touch: () => undefined,
};

/** Holds the form that a field is in. */
export const FormContext = createContext<FormState>(NONE);

/** The form that a field is in. */
export function useForm(): FormState {
  return useContext(FormContext);
}
