import { Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmButton } from '../../parts/confirm-button.tsx';

/** Asks for all times of a span, as if they were now. Times are typed in the viewer's zone. */
export function BackfillButton({ onConfirm }: { readonly onConfirm: (from: string, to: string) => Promise<unknown> }) {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const isSpan = from !== '' && to !== '' && from < to;
  return (
    <ConfirmButton
      label="Backfill"
      does="The loop is asked at once for every time that the schedule had in a span. Those that it cannot serve are skipped, with the reason."
      onConfirm={async () => onConfirm(new Date(from).toISOString(), new Date(to).toISOString())}
      canConfirm={isSpan}
    >
      <Group grow align="flex-start">
        <TextInput
          type="datetime-local"
          label="From"
          value={from}
          onChange={({ currentTarget }) => setFrom(currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label="To"
          value={to}
          error={from !== '' && to !== '' && !isSpan ? 'This is not after its beginning.' : null}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
        />
      </Group>
    </ConfirmButton>
  );
}
