import type { Field } from './field.ts';
import { fieldSchema, sentence } from './field-schema.ts';
import { useForm } from './form-state.ts';
import { HeldOutControl } from './held-out-input.tsx';
import { HELD_OUT_KEYS, heldOutKeys, type HeldOutKeys } from './held-out-ways.ts';
import { problemAt } from './text-problems.ts';
import { valueAt } from './yaml-values.ts';

/** What is held out: five keys of the file, of which few are there at a time. */
export function HeldOutField({ field: { label } }: { readonly field: Field }) {
  const form = useForm();
  const keys = heldOutKeys(valueAt(form.values, ['training']));
  const problem = (key: keyof HeldOutKeys): string | null => {
    const found = keys[key] === undefined ? null : problemAt(form.problems, `training.${key}`);
    return found === null ? null : sentence(found);
  };
  return (
    <div className="form-field" data-wide="">
      <HeldOutControl
        label={label}
        help={fieldSchema(['training', 'heldOut']).help}
        keys={keys}
        problem={problem}
        mayBegin={!form.isEdit}
        onChange={(next) => form.changeAll(HELD_OUT_KEYS.map((key) => [`training.${key}`, next[key]] as const))}
      />
    </div>
  );
}
