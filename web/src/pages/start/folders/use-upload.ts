import { useContext, useEffect, useRef, useState } from 'react';
import type { FolderRef } from '../../../../../src/contracts/refs.ts';
import type { ShownProgress } from '../../../uploads/progress-words.ts';
import { SentFilesContext } from '../use-sent-files.ts';

/** Something that ends with a folder, and says how far it is. */
export type UploadWork = (options: {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ShownProgress) => void;
}) => Promise<FolderRef>;

/** An upload as it stands. */
export interface Upload {
  readonly progress: ShownProgress | null;
  readonly error: unknown;
  readonly isRunning: boolean;
  readonly begin: (work: UploadWork) => void;
  /** Goes on with the same. */
  readonly again: () => void;
  readonly stop: () => void;
}

/** An upload, which ends with the page. @param onFolder told of it once all is there; null when another one begins */
export function useUpload(onFolder: (folder: FolderRef | null) => void): Upload {
  const [progress, setProgress] = useState<ShownProgress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isRunning, setRunning] = useState(false);
  const { remember } = useContext(SentFilesContext);
  const work = useRef<UploadWork | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const again = (): void => {
    const wanted = work.current;
    if (wanted === null) return;
    const controller = new AbortController();
    running.current = controller;
    setError(null);
    setProgress(null);
    setRunning(true);
    wanted({ signal: controller.signal, onProgress: setProgress })
      .then(
        (folder) => {
          remember(folder.uri, wanted);
          return onFolder(folder);
        },
        (reason: unknown) => {
          if (!controller.signal.aborted) setError(reason);
        },
      )
      .finally(() => setRunning(false));
  };
  const begin = (wanted: UploadWork): void => {
    work.current = wanted;
    onFolder(null);
    again();
  };
  return { progress, error, isRunning, begin, again, stop: () => running.current?.abort() };
}
