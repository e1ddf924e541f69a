import { Radio, SimpleGrid } from '@mantine/core';
import type { FieldsProps } from './place-fields.tsx';
import { SOURCES, type Source } from './start-form.ts';

const WORDS: Readonly<Record<Source, readonly [label: string, description: string]>> = {
  masks: ['My own masks', 'PNG files become shapes in CVAT, which people correct.'],
  predict: ['Predicted masks', 'The published model predicts them; people correct them.'],
  scratch: ['None', 'People begin from scratch.'],
  'as-is': ['The task as it is', 'People work on it already; nothing is written to CVAT.'],
};

/** Where pre-annotations come from. */
export function SourceField({ form, onChange }: FieldsProps) {
  return (
    <Radio.Group
      label="Pre-annotations"
      labelProps={{ fw: 600, mb: 'xs' }}
      value={form.source}
      onChange={(value) => onChange({ source: SOURCES.find((source) => source === value) ?? 'masks' })}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
        {SOURCES.map((source) => {
          const [label, description] = WORDS[source];
          return (
            <Radio key={source} className="source-choice" value={source} label={label} description={description} />
          );
        })}
      </SimpleGrid>
    </Radio.Group>
  );
}
