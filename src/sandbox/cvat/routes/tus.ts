import { empty, json, page, type Answer } from '../answers/answer.ts';
import { Refusal, refuseCrash } from '../answers/refusal.ts';
import type { Upload } from '../state/entities.ts';
import { addUpload, MAX_UPLOAD_BYTES, openUpload } from '../state/uploads.ts';
import { tusBytes } from './body.ts';
import type { UserCall } from './call.ts';
import type { Register } from './resource.ts';

const TUS_HEADERS = {
  'tus-resumable': '1.0.0',
  'tus-version': '1.0.0',
  'tus-extension': '',
  'tus-max-size': String(MAX_UPLOAD_BYTES),
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'PATCH,HEAD,GET,POST,OPTIONS',
  'access-control-expose-headers': 'Tus-Resumable,upload-length,upload-metadata,Location,Upload-Offset',
  'access-control-allow-headers': 'Tus-Resumable,upload-length,upload-metadata,Location,Upload-Offset,content-type',
  'cache-control': 'no-store',
};

/** `{user id}_{uuid}`; any other name is no address at all. */
const FILE_ID = /^\d+_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function tusOptions(): Answer {
  return empty(204, TUS_HEADERS);
}

/** What uploads lie under. */
interface UploadRoom {
  readonly url: string;
  /** Throws if the user may not use it. */
  check(call: UserCall): unknown;
  /** Called when the last byte has come. */
  complete?(call: UserCall, upload: Upload): void;
}

/** The addresses of the uploads under a task or job. */
export function tusRoutes(register: Register, room: UploadRoom): void {
  const theUpload = (call: UserCall): Upload => {
    room.check(call);
    const file = call.params['file'] ?? '';
    const upload = openUpload(call.state, ownerPath(call), file);
    // Whose file it is says its name, before anybody looks whether it is there.
    if (FILE_ID.test(file) && Number.parseInt(file, 10) !== call.user.id) throw new Refusal(empty(403, TUS_HEADERS));
    if (upload === undefined) throw new Refusal(FILE_ID.test(file) ? empty(404, TUS_HEADERS) : page(404));
    return upload;
  };
  register.users(`${room.url}/:file`, {
    HEAD: (call) => {
      const upload = theUpload(call);
      return empty(200, {
        ...TUS_HEADERS,
        'upload-offset': String(upload.offset),
        'upload-length': String(upload.content.length),
      });
    },
    PATCH: (call) => {
      const upload = theUpload(call);
      const answer = append(call, upload);
      if (upload.offset === upload.content.length) room.complete?.(call, upload);
      return answer;
    },
    OPTIONS: tusOptions,
  });
}

/**
 * Makes an upload of the announced length. A length that is not a positive number crashes CVAT.
 *
 * @param naming what the answer calls it: images of a task keep the name that the client gave
 */
export function createUpload(call: UserCall, naming: 'by id' | 'by client' = 'by id'): Answer {
  const length = Number(call.request.headers['upload-length']);
  if (length > MAX_UPLOAD_BYTES) {
    throw new Refusal(json(413, `File size exceeds max limit of ${MAX_UPLOAD_BYTES} bytes`, TUS_HEADERS));
  }
  if (!Number.isInteger(length) || length <= 0) throw refuseCrash();
  const isOlder = call.state.version === '2.54.1';
  const { headers } = call.request;
  // It wants to know its own address, which only a proxy or a browser tells.
  if (isOlder && headers['x-forwarded-host'] === undefined && headers.origin === undefined) throw refuseCrash();
  const upload = addUpload(call.state, { userId: call.user.id, owner: call.path, length, fileName: fileName(call) });
  return empty(201, {
    ...TUS_HEADERS,
    location: `${call.origin}${isOlder ? olderPath(call) : call.path}/${upload.id}`,
    'upload-filename': naming === 'by id' ? upload.id : upload.fileName,
  });
}

/** The older version replaces what follows the last slash of the address: without one at its end, the room itself. */
function olderPath(call: UserCall): string {
  return call.hasSlash ? call.path : ownerPath(call);
}

/** Writes one piece at the offset that the upload has reached; any other offset is refused without saying which. */
function append(call: UserCall, upload: Upload): Answer {
  const bytes = tusBytes(call.request);
  if (Number(call.request.headers['upload-offset'] ?? 0) !== upload.offset) return empty(409, TUS_HEADERS);
  if (upload.offset + bytes.length > upload.content.length) return empty(413, TUS_HEADERS);
  bytes.copy(upload.content, upload.offset);
  upload.offset += bytes.length;
  return empty(204, { ...TUS_HEADERS, 'upload-offset': String(upload.offset) });
}

/** The name in `Upload-Metadata`; empty if it says none. */
function fileName(call: UserCall): string {
  const encoded = /(?:^|,)\s*filename (\S+)/.exec(call.request.headers['upload-metadata']?.toString() ?? '')?.[1];
  return Buffer.from(encoded ?? '', 'base64').toString();
}

function ownerPath(call: UserCall): string {
  return call.path.slice(0, call.path.lastIndexOf('/'));
}
