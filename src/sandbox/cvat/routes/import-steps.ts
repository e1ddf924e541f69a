import { empty, json, type Answer } from '../answers/answer.ts';
import { refuseFields, refuseList } from '../answers/refusal.ts';
import { readAnnotationFile } from '../coco/annotation-file.ts';
import { importInto } from '../coco/import-into.ts';
import { findRequest, isOpen } from '../state/requests.ts';
import type { Upload } from '../state/entities.ts';
import { findUpload } from '../state/uploads.ts';
import type { Addressed } from './addressed.ts';
import { formOf } from './body.ts';
import type { UserCall } from './call.ts';
import { createUpload } from './tus.ts';

const FORMAT = 'COCO 1.0';
const MODES = ['replace', 'append'];

/**
 * One of the POSTs of an annotation import, told apart by its headers: its announcement, the creation of a TUS
 * upload, or the request to import the uploaded file, or one that comes along in a form.
 *
 * @throws Refusal 400 for a task without data, an unknown file, format or mode
 */
export async function importStep(call: UserCall, addressed: Addressed): Promise<Answer> {
  const { headers } = call.request;
  if (addressed.task.data === null) throw refuseList('This task data has not been initialized yet');
  if ('upload-start' in headers) return empty(202);
  if ('upload-length' in headers) return createUpload(call);
  return importFile(call, addressed);
}

async function importFile(call: UserCall, addressed: Addressed): Promise<Answer> {
  const upload = namedUpload(call);
  const format = call.query.get('format') ?? '';
  if (format !== FORMAT) throw refuseList(`Unknown input format '${format}'`);
  // The older version knows no modes and ignores the word.
  const asked = call.state.version === '2.54.1' ? null : call.query.get('import_mode');
  const mode = asked ?? 'replace';
  if (!MODES.includes(mode)) throw refuseList(`Invalid import_mode='${mode}'. Allowed: ${MODES.join(', ')}`);
  const content = upload?.content ?? (await formFile(call));
  return begin(call, addressed, { content, isAppending: mode === 'append', upload });
}

function namedUpload(call: UserCall): Upload | undefined {
  const name = call.query.get('filename');
  if (name === null) return undefined;
  const upload = findUpload(call.state, call.path, name);
  if (upload === undefined) throw refuseList('No such file were uploaded');
  return upload;
}

async function formFile(call: UserCall): Promise<Buffer> {
  const form = await formOf(call.request);
  const file = form.files.find((candidate) => candidate.field === 'annotation_file');
  if (file === undefined) throw refuseFields({ annotation_file: ['No file was submitted.'] });
  return file.bytes;
}

interface ImportOrder {
  readonly content: Buffer;
  readonly isAppending: boolean;
  readonly upload: Upload | undefined;
}

/** One import a task or job at a time: all share one request id, which a second one is answered with. */
function begin(call: UserCall, addressed: Addressed, order: ImportOrder): Answer {
  const { state } = call;
  const { kind, id, task, target } = addressed;
  const requestId = `action=import&target=${kind}&target_id=${id}&subresource=annotations`;
  const earlier = findRequest(state, requestId);
  if (earlier !== undefined && isOpen(earlier)) return json(409, { rq_id: requestId });
  if (order.upload !== undefined) state.uploads.delete(order.upload.id);
  const request = {
    id: requestId,
    type: 'import:annotations' as const,
    userId: call.user.id,
    target: kind,
    taskId: task.id,
    jobId: kind === 'job' ? id : null,
    projectId: task.projectId,
    organizationId: task.organizationId,
    format: null,
  };
  call.background.run(request, async () => {
    const documents = await readAnnotationFile(order.content, state.version);
    importInto(state, { task, target, documents, isAppending: order.isAppending });
  });
  return json(202, { rq_id: requestId });
}
