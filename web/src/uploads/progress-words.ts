import { formatBytes } from './format-bytes.ts';

/** How far the upload of a folder is. */
export interface UploadProgress {
  readonly files: number;
  readonly hashed: number;
  /** Bytes of all files that were hashed; of those, what had to be sent, and what was. */
  readonly bytes: number;
  readonly missing: number;
  readonly sent: number;
}

/** How far the upload of a zip file is, in bytes; and once all are there, how many files the server has unpacked. */
export interface ZipProgress {
  readonly bytes: number;
  readonly hashed: number;
  readonly missing: number;
  readonly sent: number;
  /** Null before the server unpacks. */
  readonly unpacked: number | null;
}

/** How far an upload is, for people: a sentence, and a share from 0 to 1. */
export interface ShownProgress {
  readonly words: string;
  readonly share: number;
}

/** Of a folder. */
export function folderWords({ files, hashed, bytes, missing, sent }: UploadProgress): ShownProgress {
  const words =
    hashed < files
      ? `Read ${hashed} of ${files} files, sent ${formatBytes(sent)}`
      : `Sent ${formatBytes(sent)} of ${formatBytes(missing)}; ${formatBytes(bytes - missing)} were there already`;
  return { words, share: files === 0 ? 0 : (hashed / files) * half(missing, sent) };
}

/** Of a zip file. */
export function zipWords({ bytes, hashed, missing, sent, unpacked }: ZipProgress): ShownProgress {
  if (unpacked !== null) {
    const files = unpacked === 0 ? '' : `, ${unpacked} files so far`;
    return { words: `The server unpacks it${files}`, share: 1 };
  }
  if (hashed < bytes)
    return { words: `Read ${formatBytes(hashed)} of ${formatBytes(bytes)}`, share: hashed / bytes / 2 };
  const there = bytes - missing;
  const had = there > 0 ? `; ${formatBytes(there)} were there already` : '';
  return { words: `Sent ${formatBytes(sent)} of ${formatBytes(missing)}${had}`, share: half(missing, sent) };
}

/** From a half, when all is read, to the whole, when all is sent. */
function half(missing: number, sent: number): number {
  return missing === 0 ? 1 : (sent + missing) / (2 * missing);
}
