import { Button, Group } from '@mantine/core';
import { useId, useState } from 'react';
import type { FolderRef } from '../../../../../src/contracts/refs.ts';
import { StatusBadge } from '../../../parts/status-badge.tsx';
import { FolderChooser } from './folder-chooser.tsx';
import { folderPlace } from './folder-place.ts';
import { StoreAddress } from './store-address.tsx';
import { UploadButtons } from './upload-buttons.tsx';
import { UploadState } from './upload-state.tsx';
import { useUpload } from './use-upload.ts';

interface Props {
  /** `Masks`, `Images`. */
  readonly label: string;
  readonly description: string;
  readonly folder: FolderRef | null;
  readonly onFolder: (folder: FolderRef | null) => void;
  /** What the plan finds wrong with it. */
  readonly problems?: readonly string[];
}

/** A folder: uploaded now, as it is or as a zip file, chosen on the server's side, or named by its address in the store. */
export function FolderField({ label, description, folder, onFolder, problems = [] }: Props) {
  const id = useId();
  const [namesAddress, setNamesAddress] = useState(false);
  const upload = useUpload(onFolder);
  return (
    <fieldset className="folder-field" aria-describedby={id}>
      <legend>{label}</legend>
      <div className="dimmed" id={id}>
        {description}
      </div>
      {folder === null ? (
        <>
          {upload.isRunning ? null : (
            <Group gap="xs" mt="xs">
              <UploadButtons label={label} upload={upload} />
              <FolderChooser label={label} onFolder={onFolder} />
              <Button
                variant="default"
                aria-expanded={namesAddress}
                onClick={() => setNamesAddress((before) => !before)}
              >
                In the store
              </Button>
            </Group>
          )}
          {namesAddress && !upload.isRunning ? <StoreAddress label={label} onFolder={onFolder} /> : null}
          <UploadState label={label} upload={upload} />
        </>
      ) : (
        <Group gap="xs" mt="xs" className="folder-taken">
          <StatusBadge tone="good">{`${folder.files} files ${folderPlace(folder)}`}</StatusBadge>
          <Button variant="subtle" size="compact-sm" onClick={() => onFolder(null)}>
            Take others
          </Button>
        </Group>
      )}
      {problems.map((problem) => (
        <p key={problem} className="field-problem">
          {problem}
        </p>
      ))}
    </fieldset>
  );
}
