import { open } from 'node:fs/promises';
import type { Http } from '../http/http.ts';
import { parseAnswer } from '../http/parse-answer.ts';
import { query } from './api.ts';
import type { Cvat } from './cvat.ts';
import { download } from './download.ts';
import { orGone } from './tasks.ts';
import { requestIdWire } from './wire/request.ts';

/** Exporting the annotations of a task. */
export function exportMethods(http: Http): Pick<Cvat, 'downloadExport' | 'startExport'> {
  return {
    async startExport(taskId, format, signal) {
      const path = `/api/tasks/${taskId}/dataset/export${query({ format, save_images: 'false' })}`;
      // A running export of the same kind is refused with its id: it serves as well.
      const answer = await http.send({ method: 'POST', path, allow: [409], signal }).catch(orGone(taskId));
      return parseAnswer(answer, requestIdWire, 'CvatUnexpectedAnswer').rq_id;
    },

    async downloadExport({ taskId, requestId, file }, options) {
      const handle = await open(file, 'w');
      try {
        // CVAT names the same address in `result_url`, by a host that may be another one than ours.
        const path = `/api/tasks/${taskId}/dataset/download${query({ rq_id: requestId })}`;
        return await download(http, path, handle, options);
      } finally {
        await handle.close();
      }
    },
  };
}
