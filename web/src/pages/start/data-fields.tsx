import { Stack } from '@mantine/core';
import { CategoriesField } from './categories-field.tsx';
import { FolderField } from './folders/folder-field.tsx';
import type { CheckedFieldsProps } from './place-fields.tsx';
import { SourceField } from './source-field.tsx';
import type { Classes } from './use-classes.ts';

/** Where pre-annotations and frames come from, and what classes there are. */
export function DataFields({ form, classes, problems, onChange }: CheckedFieldsProps & { readonly classes: Classes }) {
  const isObserved = form.source === 'as-is';
  return (
    <Stack className="section-body" gap="lg">
      <SourceField form={form} onChange={onChange} />
      {form.source === 'masks' || isObserved ? (
        <FolderField
          label="Masks"
          description={
            isObserved
              ? 'PNG files, to compare the labels with; none if nothing is to be compared.'
              : 'PNG files, named as the frames are.'
          }
          folder={form.masks}
          onFolder={(masks) => onChange({ masks })}
          problems={problems.masks ?? []}
        />
      ) : null}
      <FolderField
        label="Images"
        description={
          isObserved
            ? 'The frames, to train on. None takes them from CVAT.'
            : 'The frames, to make the task with. None where the task is in CVAT already.'
        }
        folder={form.images}
        onFolder={(images) => onChange({ images })}
        problems={problems.images ?? []}
      />
      <CategoriesField classes={classes} project={form.project} problems={problems.classes ?? []} />
    </Stack>
  );
}
