import { Autocomplete, Button, Group } from '@mantine/core';
import { useState } from 'react';
import { reassignJobs } from '../../../../src/api/endpoints/jobs.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { useChange } from '../../requests/use-change.ts';
import type { Job } from './board.ts';
import { GivenNote, type Given } from './given-note.tsx';
import { givingWords, jobsWords, MOST_JOBS } from './selection.ts';

interface Props {
  readonly chosen: readonly Job[];
  /** How many of those that are shown can be chosen. */
  readonly choosable: number;
  /** Why others cannot, a sentence each. */
  readonly reasons: readonly string[];
  /** User names that are known. */
  readonly names: readonly string[];
  readonly onChooseAll: () => void;
  readonly onClear: () => void;
}

/** Gives the chosen jobs to somebody, and says what came of it. */
export function GiveJobs({ chosen, choosable, reasons, names, onChooseAll, onClear }: Props) {
  const [to, setTo] = useState('');
  const [given, setGiven] = useState<Given | null>(null);
  const change = useChange(reassignJobs);
  const name = to.trim();
  const give = async (): Promise<void> => {
    const { results } = await change.mutateAsync({
      body: { jobs: chosen.map(({ id, job }) => ({ id, job })), to: name },
    });
    setGiven({ to: name, results });
    onClear();
  };
  const all =
    choosable === 0 || chosen.length > 0 ? null : (
      <Button variant="default" onClick={onChooseAll}>
        Choose {choosable === 1 ? 'the one' : `all ${choosable}`}
      </Button>
    );
  const isIdle = choosable === 0 && chosen.length === 0 && reasons.length === 0 && given === null;
  return (
    <div className="section-body give-jobs" hidden={isIdle}>
      <Group gap="xs" align="flex-end">
        {all}
        {chosen.length === 0 && choosable > 0 ? (
          <span className="dimmed">Choose jobs to give them to somebody else.</span>
        ) : null}
        {chosen.length === 0 ? null : (
          <>
            <Autocomplete
              label="Give them to"
              placeholder="User name in CVAT"
              data={names}
              value={to}
              onChange={setTo}
              size="xs"
            />
            {chosen.length > MOST_JOBS ? <span>At most {MOST_JOBS} at a time.</span> : null}
            <ConfirmButton
              label={name === '' ? `Give ${jobsWords(chosen.length)}` : `Give ${jobsWords(chosen.length)} to ${name}`}
              does={givingWords(chosen, name)}
              onConfirm={give}
              disabled={name === '' || chosen.length > MOST_JOBS}
              isPrimary
            />
            <Button variant="subtle" onClick={onClear}>
              Choose none
            </Button>
          </>
        )}
      </Group>
      {reasons.length === 0 ? null : (
        <p className="give-note dimmed" role="note">
          Jobs with a grey box cannot be chosen. {reasons.join(' ')}
        </p>
      )}
      <GivenNote given={given} />
    </div>
  );
}
