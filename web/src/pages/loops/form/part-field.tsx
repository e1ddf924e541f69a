import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Control, Field } from './field.ts';
import { fieldSchema, sentence } from './field-schema.ts';
import { useForm } from './form-state.ts';
import { problemAt } from './text-problems.ts';
import { valueAt } from './yaml-values.ts';

interface Props {
  readonly field: Field;
  readonly control: Extract<Control, { readonly kind: 'part' }>;
  /** Their fields. */
  readonly children: ReactNode;
}

/** Values that are there together or not at all, behind a switch. */
export function PartField({ field: { path, label }, control: { begin }, children }: Props) {
  const form = useForm();
  const isThere = valueAt(form.values, path.split('.')) !== undefined;
  const whole = form.problems.find((one) => one.path === path);
  return (
    <div className="form-field form-part" data-wide="">
      <Checkbox
        label={label}
        description={fieldSchema(path.split('.')).help}
        checked={isThere}
        error={isThere && whole !== undefined ? sentence(problemAt([whole], path) ?? '') : null}
        onChange={({ currentTarget: { checked } }) => form.change(path, checked ? begin : undefined)}
      />
      {isThere ? <div className="form-grid">{children}</div> : null}
    </div>
  );
}
