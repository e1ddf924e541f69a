import { collectLabels, readLabel, type LabelsWanted } from '../api/endpoints/labels.ts';
import { openLabelFolder } from '../collect/label-folder.ts';
import type { CollectedLabels, CollectedTask } from '../contracts/collected-labels.ts';
import { contentRef } from '../storage/content-address.ts';
import { eachAtOnce } from '../storage/each-at-once.ts';
import { verifiedBytes } from '../storage/read-artifact.ts';
import type { ApiClient } from './api-client.ts';

/** Labels that are fetched at once. */
const AT_ONCE = 8;

/**
 * Has a server collect labels, and writes them into a folder of this machine.
 *
 * @throws MaskloopError `TaskNotFound`, `TaskGone`, what collecting throws; `ArtifactCorrupt`, `InvalidName`, `OutputNotWritable`; what
 *   {@link ApiClient} throws; the signal's reason if aborted
 */
export async function remoteLabels(
  client: ApiClient,
  wanted: LabelsWanted,
  { dir, signal }: { readonly dir: string; readonly signal: AbortSignal },
): Promise<CollectedTask> {
  let collected: CollectedLabels | null = null;
  while (collected === null) ({ collected } = await client.ask(collectLabels, { body: wanted, signal }));
  const { labels, native, exported } = collected;
  const folder = openLabelFolder(dir);
  const writing = async (label: CollectedLabels['labels'][number], _: number, stop: AbortSignal): Promise<void> => {
    const bytes = await client.bytes(readLabel, { params: { sha256: label.sha256 }, signal: stop });
    await folder.put(label.frame, verifiedBytes(bytes, contentRef(label.sha256, 0)));
  };
  await eachAtOnce(labels, signal, writing, AT_ONCE);
  return { native, exported };
}
