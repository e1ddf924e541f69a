import { Button, Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { listRoots } from '../../../../../src/api/endpoints/roots.ts';
import type { FolderRef } from '../../../../../src/contracts/refs.ts';
import { useAnswer } from '../../../requests/use-answer.ts';
import { Answered } from '../../../states/answered.tsx';
import { EmptyState } from '../../../states/empty-state.tsx';
import { FolderWalk } from './folder-walk.tsx';

interface Props {
  readonly label: string;
  readonly onFolder: (folder: FolderRef) => void;
}

/** A button that lets one walk through the folders that the server offers, and take one. */
export function FolderChooser({ label, onFolder }: Props) {
  const [isOpen, setOpen] = useState(false);
  const isNarrow = useMediaQuery('(max-width: 48em)') ?? false;
  const roots = useAnswer(listRoots, {}, { enabled: isOpen });
  const take = (folder: FolderRef): void => {
    setOpen(false);
    onFolder(folder);
  };
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        On the server
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={`${label}: a folder on the server`}
        size="lg"
        fullScreen={isNarrow}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Answered query={roots} what="which folders are offered">
          {(data) =>
            data.roots.length === 0 ? (
              <EmptyState title="This server offers no folders.">
                Whoever runs it names them in MASKLOOP_ROOTS. Upload the files instead.
              </EmptyState>
            ) : (
              <FolderWalk roots={data.roots} onTake={take} />
            )
          }
        </Answered>
      </Modal>
    </>
  );
}
