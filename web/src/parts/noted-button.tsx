import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmButton } from './confirm-button.tsx';

interface Props {
  readonly label: string;
  readonly does: string;
  readonly onConfirm: (note: string) => Promise<unknown>;
}

/** A button that also asks for a word why. */
export function NotedButton({ label, does, onConfirm }: Props) {
  const [note, setNote] = useState('');
  return (
    <ConfirmButton label={label} does={does} onConfirm={async () => onConfirm(note.trim())}>
      <TextInput
        label="Why"
        description="For others who look at it; may be left out."
        value={note}
        maxLength={500}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
    </ConfirmButton>
  );
}
