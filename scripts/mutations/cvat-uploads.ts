import type { Mutation } from './mutation.ts';
import { cvatContract as contract, cvatUnit as unit } from './suites.ts';

const ROOM = 'src/sandbox/cvat';

/** How CVAT takes files in pieces, and refuses them. */
export const CVAT_UPLOADS: readonly Mutation[] = [
  {
    oddity: 'an upload is used up by its import',
    file: `${ROOM}/routes/import-steps.ts`,
    find: 'if (order.upload !== undefined) state.uploads.delete(order.upload.id);',
    replace: '',
    suites: [contract('uploads')],
  },
  {
    oddity: 'a wrong offset is 409 without the right one',
    file: `${ROOM}/routes/tus.ts`,
    find: '!== upload.offset) return empty(409, TUS_HEADERS);',
    replace: "!== upload.offset) return empty(409, { ...TUS_HEADERS, 'upload-offset': String(upload.offset) });",
    suites: [contract('uploads')],
  },
  {
    oddity: 'more bytes than announced are 413',
    file: `${ROOM}/routes/tus.ts`,
    find: 'return empty(413, TUS_HEADERS)',
    replace: 'return empty(400, TUS_HEADERS)',
    suites: [contract('uploads')],
  },
  {
    oddity: 'an upload of no bytes breaks the server',
    file: `${ROOM}/routes/tus.ts`,
    find: '!Number.isInteger(length) || length <= 0',
    replace: '!Number.isInteger(length) || length < 0',
    suites: [contract('uploads')],
  },
  {
    oddity: 'the older version needs an Origin when no proxy stands before it',
    file: `${ROOM}/routes/tus.ts`,
    find: "if (isOlder && headers['x-forwarded-host'] === undefined && headers.origin === undefined) throw refuseCrash();",
    replace: '',
    suites: [contract('uploads')],
  },
  {
    oddity: 'an upload made without the slash has a useless address in the older version',
    file: `${ROOM}/routes/tus.ts`,
    find: 'return call.hasSlash ? call.path : ownerPath(call);',
    replace: 'return call.path;',
    suites: [contract('uploads')],
  },
  {
    oddity: 'an upload is forgotten with its last byte',
    file: `${ROOM}/state/uploads.ts`,
    find: 'upload.offset < upload.content.length',
    replace: 'upload.offset <= upload.content.length',
    suites: [contract('uploads')],
  },
  {
    oddity: 'an upload of another user is 403, before anybody looks whether it is there',
    file: `${ROOM}/routes/tus.ts`,
    find: 'throw new Refusal(empty(403, TUS_HEADERS));',
    replace: 'throw new Refusal(empty(404, TUS_HEADERS));',
    suites: [unit('uploads')],
  },
  {
    oddity: 'an upload belongs to one task',
    file: `${ROOM}/state/uploads.ts`,
    find: 'return upload?.owner === owner && upload.offset',
    replace: "return upload !== undefined && owner !== '' && upload.offset",
    suites: [unit('uploads')],
  },
  {
    oddity: 'a name that CVAT never gave is a page of 404',
    file: `${ROOM}/routes/tus.ts`,
    find: 'FILE_ID.test(file) ? empty(404, TUS_HEADERS) : page(404)',
    replace: 'empty(404, TUS_HEADERS)',
    suites: [unit('uploads')],
  },
  {
    oddity: 'a file beyond the limit is 413 at once',
    file: `${ROOM}/routes/tus.ts`,
    find: '  if (length > MAX_UPLOAD_BYTES) {',
    replace: '  if (length < 0) {',
    suites: [unit('uploads')],
  },
  {
    oddity: 'pieces of another media type are 415',
    file: `${ROOM}/routes/body.ts`,
    find: "if (mediaType(request) !== 'application/offset+octet-stream') throw unsupported(request);",
    replace: '',
    suites: [unit('uploads')],
  },
  {
    oddity: 'the finish of an incomplete upload is accepted, and its import fails',
    file: `${ROOM}/state/uploads.ts`,
    find: 'return upload?.owner === owner ? upload : undefined;',
    replace: 'return upload?.owner === owner && upload.offset === upload.content.length ? upload : undefined;',
    suites: [contract('requests')],
  },
  {
    oddity: 'CVAT has no extensions of the protocol, so an upload cannot be removed',
    file: `${ROOM}/routes/tus.ts`,
    find: "'tus-extension': ''",
    replace: "'tus-extension': 'termination'",
    suites: [unit('uploads')],
  },
  {
    oddity: 'an upload of an image keeps the name that the client gave',
    file: `${ROOM}/routes/tus.ts`,
    find: "'upload-filename': naming === 'by id' ? upload.id : upload.fileName",
    replace: "'upload-filename': upload.id",
    suites: [unit('tasks')],
  },
  {
    oddity: 'an image in a folder breaks the server at the last byte of its upload',
    file: `${ROOM}/routes/task-data.ts`,
    find: "      // CVAT writes the file to a folder that it did not make.\n      if (upload.fileName.includes('/')) throw refuseCrash();\n",
    replace: '',
    suites: [unit('data-files')],
  },
];
