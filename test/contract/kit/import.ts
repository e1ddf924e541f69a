import type { BackgroundRequest } from '../../../src/cvat/background-request.ts';
import type { Desk } from './cvat-desk.ts';
import type { Answer } from '../../kit/talk.ts';

const TUS = { 'tus-resumable': '1.0.0' };

/** Imports a document by our client and waits for the end. */
export async function importNow(desk: Desk, taskId: number, bytes: Uint8Array): Promise<BackgroundRequest> {
  return desk.cvat.waitForRequest(await desk.cvat.startImport(taskId, { bytes, fileName: 'contract.json' }));
}

/** Makes an upload by hand. */
export function createUpload(desk: Desk, taskId: number, length: number, slash = '/'): Promise<Answer> {
  const headers = { ...TUS, origin: desk.server.url, 'upload-length': String(length) };
  return desk.talk('POST', `/api/tasks/${taskId}/annotations${slash}`, { headers });
}

/** Path of an upload, whatever host its Location names. */
export function uploadPath(answer: Answer): string {
  return new URL(answer.headers.get('location') ?? '', 'http://server').pathname;
}

export function sendPiece(desk: Desk, path: string, offset: number, bytes: Uint8Array): Promise<Answer> {
  const headers = { ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) };
  return desk.talk('PATCH', path, { headers, body: Buffer.from(bytes) });
}

/** Uploads a document whole by hand; `Upload-Filename` of it. */
export async function uploadByHand(desk: Desk, taskId: number, bytes: Uint8Array): Promise<string> {
  const made = await createUpload(desk, taskId, bytes.length);
  await sendPiece(desk, uploadPath(made), 0, bytes);
  return made.headers.get('upload-filename') ?? '';
}

/** Asks by hand for the import of an upload. @param more words of the query that are added or take the place of ours */
export function finish(
  desk: Desk,
  taskId: number,
  fileName: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const query = new URLSearchParams({ format: 'COCO 1.0', filename: fileName, ...more });
  return desk.talk('POST', `/api/tasks/${taskId}/annotations?${query.toString()}`, {
    headers: { 'upload-finish': '' },
  });
}
