import type { Field } from './field.ts';
import { OrControl, WordControl, WordsControl, YesControl } from './choice-inputs.tsx';
import { fieldSchema, sentence } from './field-schema.ts';
import { useForm } from './form-state.ts';
import { HeldOutField } from './held-out-field.tsx';
import { NamesControl, NumberControl, TextControl } from './line-inputs.tsx';
import { CompletionControl, DurationControl } from './measure-inputs.tsx';
import { PartField } from './part-field.tsx';
import { RowsControl } from './rows-input.tsx';
import { textOf } from './text-of.ts';
import { problemAt } from './text-problems.ts';
import { valueAt } from './yaml-values.ts';

/** A value of the file: its label, what it does, and how it is changed; nothing where it would have no meaning. */
export function FieldInput({ field }: { readonly field: Field }) {
  const form = useForm();
  const { path, control, when, isFixed = false } = field;
  const value = valueAt(form.values, path.split('.'));
  if (value === undefined && when?.(form.get) === false) return null;
  if (control.kind === 'held-out') return <HeldOutField field={field} />;
  if (control.kind === 'part') {
    return (
      <PartField field={field} control={control}>
        {control.fields.map((inner) => (
          <FieldInput key={inner.path} field={inner} />
        ))}
      </PartField>
    );
  }
  const { help, usual, isNeeded } = fieldSchema(path.split('.'));
  const isDisabled = isFixed && form.isEdit;
  const problem = value === undefined && !form.isTouched(path) ? null : problemAt(form.problems, path);
  const props = {
    path,
    label: field.label,
    help: isDisabled ? 'It stays as it is: with another one it would be another loop.' : helpOf(field, help, usual),
    usual,
    isNeeded,
    value,
    isDisabled,
    error: problem === null ? null : sentence(problem),
    onChange: (next: unknown) => form.change(path, next),
  };
  const isWide = control.kind === 'rows' || control.kind === 'words';
  return (
    <div className="form-field" data-wide={isWide ? '' : undefined} onBlur={() => form.touch(path)}>
      {inputOf(control, props)}
    </div>
  );
}

type Simple = Exclude<Field['control'], { readonly kind: 'held-out' | 'part' }>;

function inputOf(control: Simple, props: Omit<Parameters<typeof TextControl>[0], 'control'>) {
  switch (control.kind) {
    case 'text':
      return <TextControl {...props} control={control} />;
    case 'number':
      return <NumberControl {...props} control={control} />;
    case 'names':
      return <NamesControl {...props} control={control} />;
    case 'word':
      return <WordControl {...props} control={control} />;
    case 'words':
      return <WordsControl {...props} control={control} />;
    case 'yes':
      return <YesControl {...props} control={control} />;
    case 'or':
      return <OrControl {...props} control={control} />;
    case 'duration':
      return <DurationControl {...props} control={control} />;
    case 'completion':
      return <CompletionControl {...props} control={control} />;
    case 'rows':
      break;
  }
  return <RowsControl {...props} control={control} />;
}

/** Where a placeholder alone would say what counts. */
const TOLD: readonly string[] = ['text', 'number', 'duration'];

/** What a value does, and what counts without it; nothing where the label says just that. */
function helpOf({ label, control }: Field, help: string, usual: unknown): string {
  const said = help === `${label}.` ? '' : help;
  const counts = TOLD.includes(control.kind) ? (textOf(usual) ?? '') : '';
  return counts === '' || help.includes(`default: ${counts}`) ? said : `${said} Default: ${counts}.`.trim();
}
