import { missingParts, MOST_PARTS, PART_BYTES, unpackUpload } from '../../../src/api/endpoints/uploads.ts';
import type { FolderRef } from '../../../src/contracts/refs.ts';
import { ask } from '../requests/ask.ts';
import { ownRefusal } from '../requests/refusal.ts';
import { eachOf } from './each-of.ts';
import { sha256Of } from './hash.ts';
import type { ZipProgress } from './progress-words.ts';
import { putPartOf } from './put-blob.ts';

/** Parts that are hashed or sent at once. */
const AT_ONCE = 3;

interface Part {
  readonly sha256: string;
  readonly blob: Blob;
}

/**
 * Sends a zip file part by part and has the server unpack it. Only what the server lacks is sent, so a further try goes on where one broke off.
 *
 * @throws Refusal; Error where the browser cannot hash; the signal's reason if aborted
 */
export async function uploadZip(
  file: Blob,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (progress: ZipProgress) => void },
): Promise<FolderRef> {
  let progress: ZipProgress = { bytes: file.size, hashed: 0, missing: 0, sent: 0, unpacked: null };
  const say = (part: Partial<ZipProgress>): void => {
    progress = { ...progress, ...part };
    onProgress(progress);
  };
  const parts = await eachOf(partsOf(file), AT_ONCE, async (blob): Promise<Part> => {
    signal.throwIfAborted();
    const sha256 = await sha256Of(await blob.arrayBuffer());
    say({ hashed: progress.hashed + blob.size });
    return { sha256, blob };
  });
  const hashes = parts.map(({ sha256 }) => sha256);
  const { missing } = await ask(missingParts, { body: { parts: hashes } }, signal);
  const wanted = new Set(missing);
  const rest = [...new Map(parts.map((part) => [part.sha256, part])).values()].filter(({ sha256 }) =>
    wanted.has(sha256),
  );
  say({ missing: rest.reduce((sum, { blob }) => sum + blob.size, 0) });
  await eachOf(rest, AT_ONCE, async ({ sha256, blob }) => {
    await putPartOf(sha256, blob, signal);
    say({ sent: progress.sent + blob.size });
  });
  for (;;) {
    say({ unpacked: progress.unpacked ?? 0 });
    const { folder, files } = await ask(unpackUpload, { body: { parts: hashes } }, signal);
    if (folder !== null) return folder;
    say({ unpacked: files });
  }
}

/** @throws Refusal for a file that is empty or too large */
function partsOf(file: Blob): readonly Blob[] {
  const count = Math.ceil(file.size / PART_BYTES);
  if (count === 0) throw ownRefusal('ZipRefused', 0, 'The file is empty.');
  if (count > MOST_PARTS) throw ownRefusal('ZipRefused', 0, 'The file has more than 16 GB.');
  return Array.from({ length: count }, (_, index) => file.slice(index * PART_BYTES, (index + 1) * PART_BYTES));
}
