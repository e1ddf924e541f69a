import type { ArtifactRef } from '../../../src/contracts/refs.ts';
import { sha256Of } from './hash.ts';
import { putBlob } from './put-blob.ts';
import type { SentFiles } from './sent-files.ts';

/** A small file is sent within so many milliseconds. */
const SEND_MS = 60_000;

/**
 * Sends a file that is read at once as a whole.
 *
 * @param remember told how to bring it to the server again
 * @throws Refusal; what the browser throws where the file cannot be read, or takes longer than a minute
 */
export async function sendSmall(file: File, remember: SentFiles['remember']): Promise<ArtifactRef> {
  const bytes = await file.arrayBuffer();
  const sha256 = await sha256Of(bytes);
  const send = async () => putBlob(sha256, new Blob([bytes]), AbortSignal.timeout(SEND_MS));
  const ref = await send();
  remember(ref.uri, send);
  return ref;
}
