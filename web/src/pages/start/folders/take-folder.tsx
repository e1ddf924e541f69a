import { Button, Group } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { referToFolder } from '../../../../../src/api/endpoints/roots.ts';
import type { FolderCounts } from '../../../../../src/contracts/offered-folder.ts';
import type { FolderRef } from '../../../../../src/contracts/refs.ts';
import { ask } from '../../../requests/ask.ts';
import { ProblemNote } from '../../../states/problem-note.tsx';
import { contentWords } from './content-words.ts';

interface Props {
  readonly path: string;
  readonly counts: FolderCounts;
  readonly onTake: (folder: FolderRef) => void;
}

/** Takes a folder as it is now: a worker reads all its files first, for the hash by which a later change is noticed. */
export function TakeFolder({ path, counts, onTake }: Props) {
  const [isReading, setReading] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const take = async (): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    setReading(true);
    setError(null);
    try {
      onTake(await untilRead(path, controller.signal));
    } catch (reason) {
      if (!controller.signal.aborted) setError(reason);
    } finally {
      if (!controller.signal.aborted) setReading(false);
    }
  };
  const isEmpty = counts.files + counts.folders === 0;
  return (
    <div className="take-folder">
      {error === null ? null : <ProblemNote error={error} />}
      <Group gap="xs" justify="flex-end">
        {isReading ? (
          <output className="dimmed">A worker reads all files of it, which may take a while …</output>
        ) : null}
        <Button disabled={isEmpty || isReading} onClick={() => void take()}>
          {isEmpty ? 'This folder is empty' : `Take this folder (${contentWords(counts)})`}
        </Button>
      </Group>
    </div>
  );
}

/** Asks until it is through; each question waits some seconds. */
async function untilRead(path: string, signal: AbortSignal): Promise<FolderRef> {
  for (;;) {
    const { folder } = await ask(referToFolder, { query: { path } }, signal);
    if (folder !== null) return folder;
  }
}
