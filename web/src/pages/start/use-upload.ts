import { useEffect, useRef, useState } from 'react';
import type { FolderRef } from '../../../../src/contracts/refs.ts';
import { filesOfFolder, type NamedFile } from '../../uploads/folder-names.ts';
import { uploadFolder, type UploadProgress } from '../../uploads/upload-folder.ts';

interface Upload {
  readonly progress: UploadProgress | null;
  readonly error: unknown;
  readonly isRunning: boolean;
  readonly begin: (files: readonly File[]) => void;
  /** Goes on with the same files. */
  readonly again: () => void;
  readonly stop: () => void;
}

/** An upload of a folder, which ends with the page. @param onFolder told of it once all is there */
export function useUpload(onFolder: (folder: FolderRef | null) => void): Upload {
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isRunning, setRunning] = useState(false);
  const files = useRef<readonly NamedFile[]>([]);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const again = (): void => {
    const controller = new AbortController();
    running.current = controller;
    setError(null);
    setRunning(true);
    uploadFolder(files.current, { signal: controller.signal, onProgress: setProgress })
      .then(onFolder, (reason: unknown) => {
        if (!controller.signal.aborted) setError(reason);
      })
      .finally(() => setRunning(false));
  };
  const begin = (chosen: readonly File[]): void => {
    files.current = filesOfFolder(chosen);
    onFolder(null);
    if (files.current.length > 0) again();
  };
  return { progress, error, isRunning, begin, again, stop: () => running.current?.abort() };
}
