import { z } from 'zod';
import type { Http } from '../http/http.ts';
import { fetchJson, query } from './api.ts';
import { byName, finishData } from './data-options.ts';
import type { Cvat } from './cvat.ts';

const shareWire = z.array(
  z
    .object({ name: z.string(), type: z.enum(['REG', 'DIR']) })
    .transform(({ name, type }) => ({ name, kind: type === 'DIR' ? ('folder' as const) : ('file' as const) })),
);

/**
 * Files of the folder that CVAT's operator shares with it, such as a network drive. Known from CVAT's published API and
 * not from a recording: where a server has no share, it lists an empty folder.
 */
export function shareMethods(http: Http): Pick<Cvat, 'listShare' | 'useShareFiles'> {
  return {
    listShare(path, signal) {
      const request = { method: 'GET', path: `/api/server/share${query({ directory: `/${path}` })}`, signal } as const;
      return fetchJson(http, request, shareWire);
    },

    useShareFiles(taskId, paths, signal) {
      const sorted = byName(paths, (path) => path);
      const options = { server_files: sorted, storage: 'share', copy_data: false };
      return finishData(http, taskId, options, signal);
    },
  };
}
