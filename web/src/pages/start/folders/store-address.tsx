import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { describeFolder } from '../../../../../src/api/endpoints/files.ts';
import type { FolderRef } from '../../../../../src/contracts/refs.ts';
import { ask } from '../../../requests/ask.ts';
import { ProblemNote } from '../../../states/problem-note.tsx';

interface Props {
  readonly label: string;
  readonly onFolder: (folder: FolderRef | null) => void;
}

const ADDRESS = /^(?:store:sha256\/[0-9a-f]{2}\/)?([0-9a-f]{64})$/;

/** A folder that was put into the store before, by the address that `maskloop put` printed. */
export function StoreAddress({ label, onFolder }: Props) {
  const [address, setAddress] = useState('');
  const [error, setError] = useState<unknown>(null);
  const sha256 = ADDRESS.exec(address.trim())?.[1] ?? null;
  const look = async (): Promise<void> => {
    if (sha256 === null) return;
    setError(null);
    await ask(describeFolder, { params: { sha256 } }).then(onFolder, setError);
  };
  return (
    <div className="store-address">
      <Group gap="xs">
        <TextInput
          aria-label={`${label}: address in the store`}
          placeholder="store:sha256/… as maskloop put printed it"
          className="grow"
          value={address}
          onChange={({ currentTarget }) => setAddress(currentTarget.value)}
        />
        <Button variant="default" disabled={sha256 === null} onClick={() => void look()}>
          Take it
        </Button>
      </Group>
      {error === null ? null : <ProblemNote error={error} />}
    </div>
  );
}
