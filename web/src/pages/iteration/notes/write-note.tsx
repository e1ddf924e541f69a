import { Button, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { addNote } from '../../../../../src/api/endpoints/notes.ts';
import { useChange } from '../../../requests/use-change.ts';
import { ProblemNote } from '../../../states/problem-note.tsx';

/** As the server takes it. */
const MOST_CHARACTERS = 2000;

/** Writes a note under the name of whoever has logged in. */
export function WriteNote({ id }: { readonly id: string }) {
  const [text, setText] = useState('');
  const change = useChange(addNote);
  const write = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate({ params: { id }, body: { text } }, { onSuccess: () => setText('') });
  };
  return (
    <form className="write-note" onSubmit={write}>
      <Textarea
        label="A note"
        description="Stays for good, with your name and the time. The receipt shows what was written before its end."
        autosize
        minRows={2}
        maxLength={MOST_CHARACTERS}
        value={text}
        onChange={({ currentTarget: { value } }) => setText(value)}
      />
      {change.error === null ? null : <ProblemNote error={change.error} />}
      <Button type="submit" loading={change.isPending} disabled={text.trim() === ''}>
        Write it down
      </Button>
    </form>
  );
}
