import { z } from 'zod';
import { collectExports } from '../../collect/collect-exports.ts';
import { collectTask } from '../../collect/collect-task.ts';
import { listLabels } from '../../collect/list-labels.ts';
import type { CollectedLabels, LabelsRequest } from '../../contracts/collected-labels.ts';
import type { Cvat } from '../../cvat/cvat.ts';
import type { ArtifactStore } from '../../storage/store.ts';

const categoryList = z.array(z.object({ id: z.number(), name: z.string() }));

/**
 * The labels of a task as CVAT has them now, put into the store. The same annotations give the same artifacts, and nothing is written to CVAT.
 *
 * @throws MaskloopError as `collectTask` and `collectExports`; the signal's reason if aborted
 */
export async function labelsOfTask(
  { cvat, store }: { readonly cvat: Cvat; readonly store: ArtifactStore },
  { taskId, via, categories: list }: LabelsRequest,
  signal: AbortSignal,
): Promise<CollectedLabels> {
  const categories =
    list === null ? null : categoryList.parse(JSON.parse(Buffer.from(await store.get(list)).toString('utf8')));
  const request = { cvat, store, taskId, categories, signal };
  if (via === 'native') {
    const native = await collectTask(request);
    return { native, exported: null, labels: await listLabels(store, native) };
  }
  const labels: { frame: string; sha256: string }[] = [];
  const put = async (frame: string, png: Uint8Array): Promise<void> => {
    labels.push({ frame, sha256: (await store.put(png)).sha256 });
  };
  return { native: null, exported: await collectExports(request, { put }), labels };
}
