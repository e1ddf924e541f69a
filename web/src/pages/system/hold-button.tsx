import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { holdServer } from '../../../../src/api/endpoints/holds.ts';
import { HELD_NAMES, HELD_SERVERS, type HeldServer } from '../../../../src/contracts/hold.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { useChange } from '../../requests/use-change.ts';
import { useNow } from '../../time/use-now.ts';
import { ConnectionChoice } from './connection-choice.tsx';
import { HOLD_CHOICES, holdEnd, UNTIL } from './hold-end.ts';
import { meantConnection } from './known-connections.ts';

/** As the server takes it. */
const MOST_CHARACTERS = 2000;

const isServer = (text: string): text is HeldServer => HELD_SERVERS.some((server) => server === text);

/** Holds a server for maintenance, for a time and with a word why. `connections` are those that are known. */
export function HoldButton({ connections }: { readonly connections: readonly string[] }) {
  const [server, setServer] = useState<HeldServer>('cvat');
  const [chosen, setChosen] = useState('');
  const [choice, setChoice] = useState(HOLD_CHOICES[0]?.value ?? UNTIL);
  const [time, setTime] = useState('');
  const [note, setNote] = useState('');
  const hold = useChange(holdServer);
  const connection = meantConnection(connections, chosen);
  const now = useNow();
  const isPast = time !== '' && holdEnd(choice, time, now) === null;
  const confirm = async (): Promise<void> => {
    const until = holdEnd(choice, time, Date.now());
    if (until === null) return;
    await hold.mutateAsync({ body: { server, connection, until, note: note.trim() } });
  };
  return (
    <ConfirmButton
      label="Hold a server"
      does="Nothing asks the server meanwhile: iterations wait for it without complaint, and go on by themselves when the hold ends. Requests under way are finished; a training that runs goes on."
      canConfirm={connection !== '' && (choice !== UNTIL || (time !== '' && !isPast))}
      onConfirm={confirm}
    >
      <NativeSelect
        label="Server"
        data={HELD_SERVERS.map((value) => ({ value, label: HELD_NAMES[value] }))}
        value={server}
        onChange={({ currentTarget: { value } }) => setServer(isServer(value) ? value : server)}
      />
      <ConnectionChoice known={connections} value={connection} onChange={setChosen} />
      <NativeSelect
        label="For"
        data={[...HOLD_CHOICES]}
        value={choice}
        onChange={({ currentTarget }) => setChoice(currentTarget.value)}
      />
      {choice === UNTIL ? (
        <TextInput
          type="datetime-local"
          label="Until, in your time zone"
          value={time}
          error={isPast ? 'The hold has to end at a time to come.' : null}
          onChange={({ currentTarget }) => setTime(currentTarget.value)}
        />
      ) : null}
      <Textarea
        label="Why"
        description="For those who wait; may be left out."
        autosize
        maxLength={MOST_CHARACTERS}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
    </ConfirmButton>
  );
}
