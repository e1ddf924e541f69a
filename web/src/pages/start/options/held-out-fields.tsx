import { Button, FileButton, Group, Stack } from '@mantine/core';
import { useContext, useState } from 'react';
import { ProblemNote } from '../../../states/problem-note.tsx';
import { sendSmall } from '../../../uploads/send-small.ts';
import { FolderField } from '../folders/folder-field.tsx';
import type { FieldsProps } from '../place-fields.tsx';
import { SentFilesContext } from '../use-sent-files.ts';
import type { HeldOutFiles } from './read-training.ts';

/** Files that say which frames are held out, where they are asked for. */
export function HeldOutFields({ form: { heldOut, options }, onChange }: FieldsProps) {
  const set = (part: Partial<HeldOutFiles>): void => onChange({ heldOut: { ...heldOut, ...part } });
  if (options.heldOut === 'names') return <NamesFile heldOut={heldOut} onList={(list) => set({ list })} />;
  if (options.heldOut !== 'folder') return null;
  return (
    <Stack gap="md" mt="md">
      <FolderField
        label="Held-out images"
        description="Images of neither task."
        folder={heldOut.images}
        onFolder={(images) => set({ images })}
      />
      <FolderField
        label="Held-out masks"
        description="Their masks, under the same names."
        folder={heldOut.masks}
        onFolder={(masks) => set({ masks })}
      />
    </Stack>
  );
}

interface NamesProps {
  readonly heldOut: HeldOutFiles;
  readonly onList: (list: HeldOutFiles['list']) => void;
}

function NamesFile({ heldOut: { list }, onList }: NamesProps) {
  const [error, setError] = useState<unknown>(null);
  const { remember } = useContext(SentFilesContext);
  const put = async (file: File): Promise<void> => {
    setError(null);
    try {
      onList({ name: file.name, ref: await sendSmall(file, remember) });
    } catch (reason) {
      setError(reason);
    }
  };
  return (
    <fieldset className="folder-field option-file">
      <legend>File with the names</legend>
      <div className="dimmed">Text with the name of a frame a line.</div>
      <Group gap="xs" mt="xs">
        <FileButton
          accept=".txt,text/plain"
          inputProps={{ 'aria-label': 'Held-out frames: file with their names' }}
          onChange={(file) => {
            if (file !== null) void put(file);
          }}
        >
          {(props) => (
            <Button variant="default" {...props}>
              Choose the file
            </Button>
          )}
        </FileButton>
        {list === null ? null : <span>{list.name}</span>}
      </Group>
      {error === null ? null : <ProblemNote error={error} />}
    </fieldset>
  );
}
