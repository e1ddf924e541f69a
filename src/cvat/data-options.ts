import type { Http } from '../http/http.ts';
import { fetchJson } from './api.ts';
import { requestIdWire } from './wire/request.ts';

/** JPEG quality of the frames that annotators see, CVAT's own default. The originals are kept as they are. */
export const IMAGE_QUALITY = 70;

/** In the order that CVAT calls lexicographical: that of code points, which is that of UTF-8 bytes. */
export function byName<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  return items.toSorted((a, b) => Buffer.compare(Buffer.from(nameOf(a)), Buffer.from(nameOf(b))));
}

/** Asks CVAT to make the frames of a task from what was named or uploaded, and returns the request's id. */
export async function finishData(
  http: Http,
  taskId: number,
  options: object,
  signal: AbortSignal | undefined,
): Promise<string> {
  const json = { ...options, image_quality: IMAGE_QUALITY, sorting_method: 'lexicographical', use_cache: true };
  const path = `/api/tasks/${taskId}/data`;
  const finish = { method: 'POST', path, headers: { 'upload-finish': '' }, json, signal } as const;
  return (await fetchJson(http, finish, requestIdWire)).rq_id;
}
