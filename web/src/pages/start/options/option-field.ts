import type { StartForm } from '../start-form.ts';
import type { OptionName } from './option-texts.ts';

/** A field of an option. */
export interface OptionField {
  readonly name: OptionName;
  readonly label: string;
  /** What it means, in a sentence. */
  readonly help?: string;
  readonly placeholder?: string;
  /** What can be chosen; a text without. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** Several of the choices, with commas between them in the text. */
  readonly many?: true;
  readonly kind?: 'time';
  /** Always if absent. */
  readonly isShown?: (form: StartForm) => boolean;
}
