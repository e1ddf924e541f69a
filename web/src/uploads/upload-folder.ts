import { describeFolder, missingFiles, MOST_HASHES } from '../../../src/api/endpoints/files.ts';
import { FILE_LIST_SCHEMA, type FileList } from '../../../src/contracts/file-list.ts';
import type { FolderRef } from '../../../src/contracts/refs.ts';
import { ask } from '../requests/ask.ts';
import { eachOf } from './each-of.ts';
import type { NamedFile } from './folder-names.ts';
import { sha256Of } from './hash.ts';
import type { UploadProgress } from './progress-words.ts';
import { putBlob } from './put-blob.ts';

/** Files that are hashed or sent at once. */
const AT_ONCE = 4;

interface Hashed extends NamedFile {
  readonly sha256: string;
}

/**
 * Puts files into the store of the server as a folder. Only what the store lacks is sent, so a further try goes on where one broke off.
 *
 * @throws Refusal; Error where the browser cannot hash; the signal's reason if aborted
 */
export async function uploadFolder(
  files: readonly NamedFile[],
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (progress: UploadProgress) => void },
): Promise<FolderRef> {
  let progress: UploadProgress = { files: files.length, hashed: 0, bytes: 0, missing: 0, sent: 0 };
  const add = (part: Partial<UploadProgress>): void => {
    const sum = (name: keyof UploadProgress): number => progress[name] + (part[name] ?? 0);
    progress = {
      files: files.length,
      hashed: sum('hashed'),
      bytes: sum('bytes'),
      missing: sum('missing'),
      sent: sum('sent'),
    };
    onProgress(progress);
  };
  const hashed: Hashed[] = [];
  for (let from = 0; from < files.length; from += MOST_HASHES) {
    const batch = await hashAll(files.slice(from, from + MOST_HASHES), { signal, add });
    await sendMissing(batch, { signal, add });
    hashed.push(...batch);
  }
  const list = new Blob([JSON.stringify(listOf(hashed))]);
  const sha256 = await sha256Of(await list.arrayBuffer());
  await putBlob(sha256, list, signal);
  return ask(describeFolder, { params: { sha256 } }, signal);
}

interface Step {
  readonly signal: AbortSignal;
  readonly add: (part: Partial<UploadProgress>) => void;
}

async function hashAll(files: readonly NamedFile[], { signal, add }: Step): Promise<readonly Hashed[]> {
  return eachOf(files, AT_ONCE, async (one) => {
    signal.throwIfAborted();
    const sha256 = await sha256Of(await one.file.arrayBuffer());
    add({ hashed: 1, bytes: one.file.size });
    return { ...one, sha256 };
  });
}

async function sendMissing(batch: readonly Hashed[], { signal, add }: Step): Promise<void> {
  const files = batch.map(({ sha256, file }) => ({ sha256, bytes: file.size }));
  const { missing } = await ask(missingFiles, { body: { files } }, signal);
  const wanted = new Set(missing);
  // Equal files are sent once.
  const first = [...new Map(batch.map((one) => [one.sha256, one])).values()].filter(({ sha256 }) => wanted.has(sha256));
  add({ missing: first.reduce((sum, { file }) => sum + file.size, 0) });
  await eachOf(first, AT_ONCE, async ({ sha256, file }) => {
    await putBlob(sha256, file, signal);
    add({ sent: file.size });
  });
}

function listOf(files: readonly Hashed[]): FileList {
  return {
    schema: FILE_LIST_SCHEMA,
    files: files.map(({ name, sha256, file }) => ({
      name,
      uri: `store:sha256/${sha256.slice(0, 2)}/${sha256}`,
      sha256,
      bytes: file.size,
    })),
  };
}
