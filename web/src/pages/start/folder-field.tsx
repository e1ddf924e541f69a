import { Button, Group, SegmentedControl, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { describeFolder } from '../../../../src/api/endpoints/files.ts';
import type { FolderRef } from '../../../../src/contracts/refs.ts';
import { ask } from '../../requests/ask.ts';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { ProblemNote } from '../../states/problem-note.tsx';
import { UploadField } from './upload-field.tsx';

interface Props {
  /** `Masks`, `Images`. */
  readonly label: string;
  readonly description: string;
  readonly folder: FolderRef | null;
  readonly onFolder: (folder: FolderRef | null) => void;
}

/** A folder of the store: uploaded now, or named by its address. */
export function FolderField({ label, description, folder, onFolder }: Props) {
  const id = useId();
  const [from, setFrom] = useState('upload');
  return (
    <fieldset className="folder-field" aria-describedby={id}>
      <legend>{label}</legend>
      <div className="dimmed" id={id}>
        {description}
      </div>
      <Group gap="xs" mt="xs" align="flex-start">
        <SegmentedControl
          aria-label={`${label} from`}
          size="xs"
          value={from}
          onChange={setFrom}
          data={[
            { value: 'upload', label: 'Upload a folder' },
            { value: 'store', label: 'From the store' },
          ]}
        />
        {from === 'upload' ? (
          <UploadField label={label} onFolder={onFolder} />
        ) : (
          <StoreAddress label={label} onFolder={onFolder} />
        )}
      </Group>
      {folder === null ? null : (
        <Group gap="xs" mt="xs">
          <StatusBadge tone="good">{`${folder.files} files in the store`}</StatusBadge>
          <Button variant="subtle" size="compact-sm" onClick={() => onFolder(null)}>
            Take them away
          </Button>
        </Group>
      )}
    </fieldset>
  );
}

const ADDRESS = /^(?:store:sha256\/[0-9a-f]{2}\/)?([0-9a-f]{64})$/;

/** A folder that was put into the store before, by the address that `maskloop put` printed. */
function StoreAddress({ label, onFolder }: Pick<Props, 'label' | 'onFolder'>) {
  const [address, setAddress] = useState('');
  const [error, setError] = useState<unknown>(null);
  const sha256 = ADDRESS.exec(address.trim())?.[1] ?? null;
  const look = async (): Promise<void> => {
    if (sha256 === null) return;
    setError(null);
    await ask(describeFolder, { params: { sha256 } }).then(onFolder, setError);
  };
  return (
    <div className="grow">
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
