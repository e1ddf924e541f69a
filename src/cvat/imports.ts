import { MaskloopError } from '../contracts/error.ts';
import type { Http } from '../http/http.ts';
import { parseAnswer } from '../http/parse-answer.ts';
import { query } from './api.ts';
import type { Cvat } from './cvat.ts';
import { orGone } from './tasks.ts';
import { tusUpload } from './tus-upload.ts';
import { requestIdWire } from './wire/request.ts';

const FORMAT = 'COCO 1.0';

/** Importing a COCO document into a task. The upload is used up by its import, whatever becomes of that. */
export function importMethods(http: Http): Pick<Cvat, 'startImport'> {
  return {
    async startImport(taskId, { bytes, fileName }, options = {}) {
      // CVAT answers 500 to an upload of no bytes, which would pass for an outage.
      if (bytes.length === 0) {
        throw new MaskloopError('ImportRejected', `Task ${taskId}: ${fileName} is empty`, {
          facts: { taskId, fileName },
        });
      }
      const path = `/api/tasks/${taskId}/annotations`;
      const { signal } = options;
      const upload = await tusUpload(http, { path: `${path}/`, fileName }, bytes, options).catch(orGone(taskId));
      await options.beforeImport?.();
      const target = path + query({ format: FORMAT, filename: upload });
      signal?.throwIfAborted();
      // Not given up half-way: whoever stops now has to learn the request's id, or could not take it back.
      const finish = { method: 'POST', path: target, headers: { 'upload-finish': '' }, allow: [409] } as const;
      const answer = await http.send(finish).catch(orGone(taskId));
      const { rq_id: requestId } = parseAnswer(answer, requestIdWire, 'CvatUnexpectedAnswer');
      if (answer.status !== 409) return requestId;
      throw new MaskloopError('ImportBusy', `Task ${taskId} is being imported into already: request ${requestId}`, {
        facts: { taskId, requestId },
      });
    },
  };
}
