import type { Field } from './field.ts';
import { fieldSchema, sentence } from './field-schema.ts';
import { useForm } from './form-state.ts';
import { HeldOutControl } from './held-out-input.tsx';
import type { HeldOutKeys } from './held-out-ways.ts';
import { problemAt } from './text-problems.ts';
import { isRecord, valueAt } from './yaml-values.ts';

const KEYS = ['heldOut', 'heldOutImages', 'heldOutMasks', 'heldOutTask', 'heldOutFrames'] as const;

/** What is held out: five keys of the file, of which few are there at a time. */
export function HeldOutField({ field: { label } }: { readonly field: Field }) {
  const form = useForm();
  const training = valueAt(form.values, ['training']);
  const { heldOut, heldOutImages, heldOutMasks, heldOutTask, heldOutFrames } = isRecord(training) ? training : {};
  const keys: HeldOutKeys = { heldOut, heldOutImages, heldOutMasks, heldOutTask, heldOutFrames };
  const problem = (key: keyof HeldOutKeys): string | null => {
    const found = keys[key] === undefined ? null : problemAt(form.problems, `training.${key}`);
    return found === null ? null : sentence(found);
  };
  return (
    <div className="form-field" data-wide="">
      <HeldOutControl
        label={label}
        help={fieldSchema(['training', 'heldOut']).help}
        isDisabled={false}
        keys={keys}
        problem={problem}
        mayBegin={!form.isEdit}
        onChange={(next) => form.changeAll(KEYS.map((key) => [`training.${key}`, next[key]] as const))}
      />
    </div>
  );
}
