import { MaskloopError } from '../contracts/error.ts';
import type { Part } from '../http/multipart.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
};

/**
 * The multipart field of a file. The server takes all from the first dot of the file name on as the extension, so the file
 * goes out under the image's id and keeps only its last extension.
 *
 * @throws MaskloopError `MonaiRejected` for a file name without extension: the server would not find the file again
 */
export function filePart(field: string, file: { imageId: string; fileName: string; bytes: Uint8Array }): Part {
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(file.fileName)?.[0];
  if (extension === undefined) {
    throw new MaskloopError('MonaiRejected', `The file name '${file.fileName}' has no extension.`, {
      facts: { imageId: file.imageId, fileName: file.fileName },
    });
  }
  return {
    name: field,
    fileName: file.imageId + extension,
    contentType: CONTENT_TYPES[extension.toLowerCase()] ?? 'application/octet-stream',
    bytes: file.bytes.length,
    read: () => file.bytes,
  };
}
