import { API_PREFIX, PAGE_HEADER } from '../../../src/api/endpoint.ts';
import { putFile } from '../../../src/api/endpoints/files.ts';
import { putPart } from '../../../src/api/endpoints/uploads.ts';
import type { ArtifactRef } from '../../../src/contracts/refs.ts';
import { ownRefusal, refusalOf } from '../requests/refusal.ts';

interface Sending {
  readonly sha256: string;
  readonly body: Blob;
  readonly signal: AbortSignal;
}

/** Sends bytes under their hash. @throws Refusal; the signal's reason if aborted */
export async function putBlob(sha256: string, body: Blob, signal: AbortSignal): Promise<ArtifactRef> {
  const { status, text } = await put(putFile.path, { sha256, body, signal });
  const said = putFile.answer?.safeParse(JSON.parse(text)).data;
  if (said === undefined) throw ownRefusal('ServerAnswerUnknown', status, 'The server answers something unknown.');
  return said;
}

/** Sends a part of a file under its hash. @throws Refusal; the signal's reason if aborted */
export async function putPartOf(sha256: string, body: Blob, signal: AbortSignal): Promise<void> {
  await put(putPart.path, { sha256, body, signal });
}

async function put(
  path: string,
  { sha256, body, signal }: Sending,
): Promise<{ readonly status: number; readonly text: string }> {
  const address = API_PREFIX + path.replace('{sha256}', sha256);
  const headers = { 'content-type': 'application/octet-stream', [PAGE_HEADER]: '1' };
  const answer = await fetch(address, { method: 'PUT', headers, body, signal }).catch((error: unknown) => {
    if (!(error instanceof TypeError)) throw error;
    throw ownRefusal(
      'ServerUnreachable',
      0,
      'The server does not answer. What has arrived stays: the next try sends only the rest.',
      'repeatable',
    );
  });
  const text = await answer.text();
  if (!answer.ok) throw refusalOf(answer, text, 'repeatable');
  return { status: answer.status, text };
}
