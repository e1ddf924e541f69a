import type { Control } from './field.ts';

/** What every input of the form is given. */
export interface ControlProps<K extends Control['kind']> {
  readonly path: string;
  readonly control: Extract<Control, { readonly kind: K }>;
  readonly label: string;
  /** What the value does, as a sentence. */
  readonly help: string;
  /** What counts where nothing is said; undefined for nothing. */
  readonly usual: unknown;
  readonly value: unknown;
  readonly error: string | null;
  readonly isNeeded: boolean;
  readonly isDisabled: boolean;
  /** Undefined takes the key away. */
  readonly onChange: (value: unknown) => void;
}
