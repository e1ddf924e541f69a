import { Autocomplete, Checkbox, Stack } from '@mantine/core';
import { listModels } from '../../../../src/api/endpoints/models.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import type { CheckedFieldsProps } from './place-fields.tsx';

/** Whether a model is trained, and which one trains or predicts. */
export function TrainingFields({ form, problems, onChange }: CheckedFieldsProps) {
  const models = useAnswer(listModels);
  const names = [...new Set((models.data?.models ?? []).map(({ model }) => model))];
  return (
    <Stack className="section-body" gap="md">
      <Checkbox
        label="Train a model with what people corrected"
        description="Without, the iteration ends when the labels are sealed."
        checked={form.trains}
        onChange={({ currentTarget }) => onChange({ trains: currentTarget.checked })}
      />
      {form.trains || form.source === 'predict' ? (
        <Autocomplete
          className="one-column"
          label="Model in MONAI Label"
          data={names}
          value={form.model}
          error={problems.model?.join(' ') ?? null}
          onChange={(model) => onChange({ model })}
        />
      ) : null}
    </Stack>
  );
}
