import { NativeSelect } from '@mantine/core';

interface Props {
  readonly known: readonly string[];
  /** Empty while none is chosen. */
  readonly value: string;
  readonly onChange: (connection: string) => void;
}

/** One of the connections that the page knows: to hold one of another name would hold nothing. */
export function ConnectionChoice({ known, value, onChange }: Props) {
  // One that is heard of no more stays what was chosen.
  const names = value === '' || known.includes(value) ? known : [...known, value];
  const first = known.length === 0 ? 'None is known' : 'Choose one';
  return (
    <NativeSelect
      label="Of connection"
      description={known.length === 0 ? 'Nothing runs, and no server was looked at.' : undefined}
      data={[...(value === '' ? [{ value: '', label: first }] : []), ...names]}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
