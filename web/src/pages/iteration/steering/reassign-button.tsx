import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { reassign } from '../../../../../src/api/endpoints/steering.ts';
import { iterationJobs } from '../../../../../src/api/endpoints/jobs.ts';
import { ConfirmButton } from '../../../parts/confirm-button.tsx';
import { useAnswer } from '../../../requests/use-answer.ts';
import { useChange } from '../../../requests/use-change.ts';
import type { IterationView } from '../view-facts.ts';
import { actionWords } from './action-words.ts';

/** Gives the open jobs of one person to another. Who has open jobs is offered; where names are not told, none are. A task that is only observed is not changed. */
export function ReassignButton({ view }: { readonly view: IterationView }) {
  const { id } = view;
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState('');
  const change = useChange(reassign);
  const { data } = useAnswer(iterationJobs, { params: { id } });
  const { label, does } = actionWords('reassign', view.status);
  const namesPeople = data?.iteration.people !== 'pseudonyms';
  const open = (data?.jobs ?? []).filter(({ isComplete }) => !isComplete);
  const people = namesPeople ? [...new Set(open.flatMap(({ person }) => person ?? []))] : [];
  const giver = from ?? people[0] ?? '';
  const isObserved = data?.iteration.isOnlyObserved === true;
  const button = (
    <ConfirmButton
      label={label}
      disabled={isObserved}
      does={does}
      onConfirm={async () => change.mutateAsync({ params: { id }, body: { from: giver, to: to.trim(), job: null } })}
    >
      {people.length > 0 ? (
        <Select label="Jobs of" data={people} value={giver} allowDeselect={false} onChange={setFrom} />
      ) : (
        <TextInput label="Jobs of" value={giver} onChange={(event) => setFrom(event.currentTarget.value)} />
      )}
      <TextInput label="To (user name in CVAT)" value={to} onChange={(event) => setTo(event.currentTarget.value)} />
    </ConfirmButton>
  );
  if (!isObserved) return button;
  return (
    <>
      {button}
      <span className="aside">This iteration only observes its task: give jobs to others in CVAT.</span>
    </>
  );
}
