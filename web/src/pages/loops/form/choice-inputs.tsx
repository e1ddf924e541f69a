import { Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import type { ControlProps } from './control-props.ts';
import { fieldSchema } from './field-schema.ts';
import { textOf } from './text-of.ts';
import { wordsOf } from './why-not-shown.ts';

/** One of several words. What counts anyway is not written down. */
export function WordControl({ path, control, value, onChange, ...props }: ControlProps<'word'>) {
  const usual = control.usual ?? (typeof props.usual === 'string' ? props.usual : undefined);
  const words = wordsOf(path, control);
  const isNumber = words.every((word) => /^\d+$/.test(word));
  const data = words.map((word) => ({
    value: word,
    label: `${control.says?.[word] ?? word}${word === usual ? ' (default)' : ''}`,
  }));
  return (
    <NativeSelect
      label={props.label}
      description={props.help}
      error={props.error}
      disabled={props.isDisabled}
      data={data}
      value={textOf(value) ?? usual}
      onChange={({ currentTarget: { value: word } }) => {
        onChange(word === usual ? undefined : isNumber ? Number(word) : word);
      }}
    />
  );
}

/** Yes or no. */
export function YesControl({ label, help, usual, value, error, isDisabled, onChange }: ControlProps<'yes'>) {
  return (
    <Checkbox
      className="yes"
      label={label}
      description={help}
      error={error}
      disabled={isDisabled}
      checked={(value ?? usual) === true}
      onChange={({ currentTarget: { checked } }) => onChange(checked === usual ? undefined : checked)}
    />
  );
}

/** Any of several words; none of them is said by leaving the key away. */
export function WordsControl({ path, label, help, usual, value, error, isDisabled, onChange }: ControlProps<'words'>) {
  const { words } = fieldSchema(path.split('.'));
  const given = Array.isArray(value) ? value : Array.isArray(usual) ? usual : [];
  return (
    <Checkbox.Group
      label={label}
      description={help}
      error={error}
      value={given.map(String)}
      onChange={(chosen) => onChange(chosen.length === 0 ? undefined : words.filter((word) => chosen.includes(word)))}
    >
      <Group gap="sm" mt={6}>
        {words.map((word) => (
          <Checkbox key={word} value={word} label={word} disabled={isDisabled} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

const OTHER = '(other)';
const NONE = '(none)';

/** A word with a meaning of its own, or a text: a folder, a file, a pattern. */
export function OrControl({
  control,
  label,
  help,
  usual,
  value,
  error,
  isNeeded,
  isDisabled,
  onChange,
}: ControlProps<'or'>) {
  const { none, says, other, example } = control;
  const given = typeof value === 'string' ? value : undefined;
  const isWord = given !== undefined && Object.hasOwn(says, given);
  const chosen = isWord ? given : given === undefined || (none !== undefined && given === usual) ? NONE : OTHER;
  const data = [
    { value: NONE, label: none ?? 'Choose …' },
    ...Object.entries(says).map(([word, meaning]) => ({ value: word, label: meaning })),
    { value: OTHER, label: other },
  ];
  return (
    <div>
      <NativeSelect
        label={label}
        description={help}
        error={chosen === OTHER ? null : error}
        withAsterisk={isNeeded}
        disabled={isDisabled}
        data={data}
        value={chosen}
        onChange={({ currentTarget: { value: word } }) =>
          onChange(word === NONE ? undefined : word === OTHER ? '' : word)
        }
      />
      {chosen === OTHER ? (
        <TextInput
          mt={6}
          aria-label={`${label}: ${other}`}
          placeholder={example}
          error={error}
          disabled={isDisabled}
          value={given ?? ''}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      ) : null}
    </div>
  );
}
