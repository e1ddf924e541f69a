import type { UploadFile } from '../cvat/upload-file.ts';

/** What one request takes at most; common proxies stop at 100 MB. */
const ONE_REQUEST_BYTES = 90 * 1000 * 1000;
/** Below what CVAT takes as one upload, 25 GiB, with room for the archive's own list of names. */
const ARCHIVE_BYTES = 24 * 1024 ** 3;

/**
 * How images are sent to CVAT: as files in bulk, or as one archive whose upload can be gone on with after it broke. Of a
 * file alone CVAT drops the folder. A flat folder that fits into one request goes as files, which arrive together or
 * not at all; and so does one that is too large for an archive, whose task is made anew when its upload breaks.
 */
export function uploadWay(files: readonly Pick<UploadFile, 'name' | 'bytes'>[]): 'files' | 'archive' {
  if (files.some(({ name }) => name.includes('/'))) return 'archive';
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return total <= ONE_REQUEST_BYTES || total > ARCHIVE_BYTES ? 'files' : 'archive';
}
