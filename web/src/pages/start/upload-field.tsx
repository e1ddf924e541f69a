import { Button, Group, Progress } from '@mantine/core';
import { useRef } from 'react';
import type { FolderRef } from '../../../../src/contracts/refs.ts';
import { ProblemNote } from '../../states/problem-note.tsx';
import { formatBytes } from '../../uploads/format-bytes.ts';
import type { UploadProgress } from '../../uploads/upload-folder.ts';
import { useUpload } from './use-upload.ts';

/** Browsers know it; React's types do not. */
const WHOLE_FOLDERS = { webkitdirectory: '' };

interface Props {
  readonly label: string;
  readonly onFolder: (folder: FolderRef | null) => void;
}

/** Uploads a folder of this machine. One that broke off goes on where it was. */
export function UploadField({ label, onFolder }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const { progress, error, isRunning, begin, again, stop } = useUpload(onFolder);
  return (
    <div className="grow">
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={`${label}: folder of this machine`}
        {...WHOLE_FOLDERS}
        multiple
        onChange={({ currentTarget }) => {
          begin([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
      <Group gap="xs">
        <Button variant="default" onClick={() => input.current?.click()} disabled={isRunning}>
          Choose a folder
        </Button>
        {isRunning ? (
          <Button variant="subtle" onClick={stop}>
            Stop
          </Button>
        ) : null}
        {error === null ? null : (
          <Button variant="default" onClick={again}>
            Go on with the upload
          </Button>
        )}
      </Group>
      {progress === null || !isRunning ? null : <UploadBar label={label} progress={progress} />}
      {error === null ? null : <ProblemNote error={error} />}
    </div>
  );
}

function UploadBar({ label, progress }: { readonly label: string; readonly progress: UploadProgress }) {
  const { files, hashed, bytes, missing, sent } = progress;
  const words =
    hashed < files
      ? `Read ${hashed} of ${files} files, sent ${formatBytes(sent)}`
      : `Sent ${formatBytes(sent)} of ${formatBytes(missing)}; ${formatBytes(bytes - missing)} were there already`;
  const share = files === 0 ? 0 : (hashed / files) * (missing === 0 ? 1 : (sent + missing) / (2 * missing));
  return (
    <div className="upload-bar">
      <Progress value={share * 100} aria-label={`Upload of ${label.toLowerCase()}`} />
      <output className="dimmed tabular">{words}</output>
    </div>
  );
}
