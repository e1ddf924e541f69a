import { Button, FileButton } from '@mantine/core';
import { useRef } from 'react';
import { filesOfFolder } from '../../../uploads/folder-names.ts';
import { folderWords, zipWords } from '../../../uploads/progress-words.ts';
import { uploadFolder } from '../../../uploads/upload-folder.ts';
import { uploadZip } from '../../../uploads/upload-zip.ts';
import type { Upload } from './use-upload.ts';

/** Browsers know it; React's types do not. */
const WHOLE_FOLDERS = { webkitdirectory: '' };

interface Props {
  readonly label: string;
  readonly upload: Upload;
}

/** Buttons that take a folder or a zip file of this machine. */
export function UploadButtons({ label, upload }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const take = (chosen: readonly File[]): void => {
    const files = filesOfFolder(chosen);
    if (files.length === 0) return;
    upload.begin(async ({ signal, onProgress }) =>
      uploadFolder(files, { signal, onProgress: (progress) => onProgress(folderWords(progress)) }),
    );
  };
  const takeZip = (file: File | null): void => {
    if (file === null) return;
    upload.begin(async ({ signal, onProgress }) =>
      uploadZip(file, { signal, onProgress: (progress) => onProgress(zipWords(progress)) }),
    );
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={`${label}: folder of this machine`}
        {...WHOLE_FOLDERS}
        multiple
        onChange={({ currentTarget }) => {
          take([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
      <Button variant="default" onClick={() => input.current?.click()}>
        Upload a folder
      </Button>
      <FileButton
        accept=".zip,application/zip"
        onChange={takeZip}
        inputProps={{ 'aria-label': `${label}: zip file of this machine` }}
      >
        {(props) => (
          <Button variant="default" {...props}>
            Upload a zip
          </Button>
        )}
      </FileButton>
    </>
  );
}
