import { Checkbox, Group, Select, TextInput } from '@mantine/core';
import type { OptionField } from './option-field.ts';
import { FIELD_ORDER } from '../field-order.ts';
import { namesIn } from './option-reader.ts';

interface Props {
  readonly field: OptionField;
  readonly text: string;
  /** What is wrong with it; null for nothing. */
  readonly problem: string | null;
  readonly onChange: (text: string) => void;
}

/** One option: a choice, several, a time or a text. */
export function OptionInput({ field, text, problem, onChange }: Props) {
  const { label, help, placeholder, choices, many, kind } = field;
  const common = {
    label,
    ...(help === undefined ? {} : { description: help }),
    error: problem,
    inputWrapperOrder: [...FIELD_ORDER],
  };
  if (choices !== undefined && many === true) {
    return (
      <Checkbox.Group {...common} value={[...namesIn(text)]} onChange={(chosen) => onChange(chosen.join(','))}>
        <Group gap="md" mt="xs">
          {choices.map((choice) => (
            <Checkbox key={choice.value} value={choice.value} label={choice.label} />
          ))}
        </Group>
      </Checkbox.Group>
    );
  }
  if (choices !== undefined) {
    return (
      <Select
        {...common}
        data={choices.map((choice) => ({ ...choice }))}
        value={text}
        allowDeselect={false}
        onChange={(value) => onChange(value ?? '')}
      />
    );
  }
  return (
    <TextInput
      {...common}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(kind === 'time' ? { type: 'datetime-local' } : {})}
      value={text}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
