import { Button, Group, Progress } from '@mantine/core';
import { ProblemNote } from '../../../states/problem-note.tsx';
import type { Upload } from './use-upload.ts';

/** How far an upload is, and what can be done about it. Nothing before there is one. */
export function UploadState({ label, upload }: { readonly label: string; readonly upload: Upload }) {
  const { progress, error, isRunning, again, stop } = upload;
  if (isRunning) {
    return (
      <div className="upload-bar">
        <Progress value={(progress?.share ?? 0) * 100} aria-label={`Upload of ${label.toLowerCase()}`} />
        <Group gap="xs" mt="xs" justify="space-between">
          <output className="dimmed tabular">{progress?.words ?? 'Reading the files'} …</output>
          <Button variant="subtle" size="compact-sm" onClick={stop}>
            Stop
          </Button>
        </Group>
      </div>
    );
  }
  if (error === null) return null;
  return (
    <div className="upload-bar">
      <ProblemNote error={error} />
      <Button variant="default" mt="xs" onClick={again}>
        Go on with the upload
      </Button>
    </div>
  );
}
