import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { extend } from '../../../../../src/api/endpoints/steering.ts';
import { ConfirmButton } from '../../../parts/confirm-button.tsx';
import { useChange } from '../../../requests/use-change.ts';
import { formatTime } from '../../../time/format-time.ts';
import type { IterationView } from '../view-facts.ts';
import { actionWords } from './action-words.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const UNTIL = 'until';

const CHOICES: readonly { readonly value: string; readonly label: string }[] = [
  { value: String(4 * HOUR_MS), label: '4 hours more' },
  { value: String(DAY_MS), label: '1 day more' },
  { value: String(2 * DAY_MS), label: '2 days more' },
  { value: String(7 * DAY_MS), label: '1 week more' },
  { value: UNTIL, label: 'until a time of your choice' },
];

/** Moves the deadline by a time, counted from it or from now where it has passed, or to a time. */
export function ExtendButton({ view }: { readonly view: IterationView }) {
  const [choice, setChoice] = useState(String(DAY_MS));
  const [until, setUntil] = useState('');
  const change = useChange(extend);
  const { label, does } = actionWords('extend', view.status);
  const at = view.status?.deadline?.at ?? null;
  const confirm = async (): Promise<unknown> => {
    const isUntil = choice === UNTIL;
    const body = isUntil ? { until: new Date(until).toISOString(), byMs: null } : { until: null, byMs: Number(choice) };
    return change.mutateAsync({ params: { id: view.id }, body });
  };
  return (
    <ConfirmButton
      label={label}
      does={`${does} ${deadlineWords(at)}`}
      onConfirm={confirm}
      canConfirm={choice !== UNTIL || until !== ''}
    >
      <Select
        label="How much"
        data={CHOICES}
        value={choice}
        allowDeselect={false}
        onChange={(value) => setChoice(value ?? UNTIL)}
      />
      {choice === UNTIL ? (
        <TextInput
          type="datetime-local"
          label="New deadline, in your time zone"
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      ) : null}
    </ConfirmButton>
  );
}

function deadlineWords(at: string | null): string {
  return at === null ? 'There is none yet; it is counted from now.' : `Now it is ${formatTime(at)}.`;
}
