import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { beginningOf, dayOf } from './day-filter.ts';

interface DueBeforeProps {
  /** ISO time; null for any deadline and none. */
  readonly value: string | null;
  /** Told the ISO time at which the chosen day begins, empty for any. */
  readonly onChange: (iso: string) => void;
}

/** The day before which people have to be done. A day holds once it is complete; taken out, it holds until the field is left. */
export function DueBefore({ value, onChange }: DueBeforeProps) {
  const [day, setDay] = useState(dayOf(value));
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    // The address may be changed elsewhere: by going back, by another link.
    if (beginningOf(day) !== value) setDay(dayOf(value));
  }
  return (
    <TextInput
      type="date"
      label="Due before"
      value={day}
      onChange={({ currentTarget }) => {
        setDay(currentTarget.value);
        const iso = beginningOf(currentTarget.value);
        if (iso !== null) onChange(iso);
      }}
      onBlur={() => {
        if (day === '' && value !== null) onChange('');
      }}
    />
  );
}
