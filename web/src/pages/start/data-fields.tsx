import { Autocomplete, Checkbox, SegmentedControl, Stack } from '@mantine/core';
import { listModels } from '../../../../src/api/endpoints/models.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { CategoriesField } from './categories-field.tsx';
import { FolderField } from './folder-field.tsx';
import type { FieldsProps } from './place-fields.tsx';
import type { Classes } from './use-classes.ts';

/** Where pre-annotations and frames come from, what classes there are, and what is trained. */
export function DataFields({ form, classes, onChange }: FieldsProps & { readonly classes: Classes }) {
  return (
    <Stack className="section-body" gap="lg">
      <SegmentedControl
        aria-label="Pre-annotations"
        className="at-start"
        value={form.source}
        onChange={(source) => onChange({ source: source === 'predict' ? 'predict' : 'masks' })}
        data={[
          { value: 'masks', label: 'My own masks' },
          { value: 'predict', label: 'Predicted masks' },
        ]}
      />
      {form.source === 'predict' ? null : (
        <FolderField
          label="Masks"
          description="PNG files, named as the frames are."
          folder={form.masks}
          onFolder={(masks) => onChange({ masks })}
        />
      )}
      <FolderField
        label="Images"
        description="The frames, to make the task with. None where the task is in CVAT already."
        folder={form.images}
        onFolder={(images) => onChange({ images })}
      />
      <CategoriesField classes={classes} project={form.project} />
      <ModelFields form={form} onChange={onChange} />
    </Stack>
  );
}

function ModelFields({ form, onChange }: FieldsProps) {
  const models = useAnswer(listModels);
  const names = [...new Set((models.data?.models ?? []).map(({ model }) => model))];
  return (
    <div>
      <Checkbox
        label="Train a model with what people corrected"
        checked={form.trains}
        onChange={({ currentTarget }) => onChange({ trains: currentTarget.checked })}
      />
      {form.trains || form.source === 'predict' ? (
        <Autocomplete
          mt="xs"
          w="18rem"
          label="Model in MONAI Label"
          data={names}
          value={form.model}
          onChange={(model) => onChange({ model })}
        />
      ) : null}
    </div>
  );
}
