import { MaskloopError } from '../contracts/error.ts';
import type { Cvat, ExportFormat } from '../cvat/cvat.ts';

/** More than any task's annotations take; what is larger is no export of them. */
const MAX_ARCHIVE_BYTES = 2 ** 34;

/**
 * Has CVAT export a task, waits for it and fetches the archive into a file. Always asks anew: CVAT keeps serving the file
 * of an earlier export.
 *
 * @throws MaskloopError `ExportFailed`, `ArchiveRefused`, `TaskGone`
 */
export async function fetchExport(
  cvat: Cvat,
  { taskId, format, file }: { readonly taskId: number; readonly format: ExportFormat; readonly file: string },
  signal: AbortSignal,
): Promise<void> {
  const requestId = await cvat.startExport(taskId, format, signal);
  const request = await cvat.waitForRequest(requestId, { signal });
  if (request.status === 'failed') {
    throw new MaskloopError('ExportFailed', `CVAT could not export task ${taskId} as ${format}: ${request.message}`, {
      facts: { task: taskId, format, answer: request.message },
    });
  }
  await cvat.downloadExport({ taskId, requestId, file }, { maxBytes: MAX_ARCHIVE_BYTES, signal });
}
