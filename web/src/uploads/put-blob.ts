import { API_PREFIX, PAGE_HEADER } from '../../../src/api/endpoint.ts';
import { putFile } from '../../../src/api/endpoints/files.ts';
import type { ArtifactRef } from '../../../src/contracts/refs.ts';
import { ownRefusal, refusalOf } from '../requests/refusal.ts';

/** Sends bytes under their hash. @throws Refusal; the signal's reason if aborted */
export async function putBlob(sha256: string, body: Blob, signal: AbortSignal): Promise<ArtifactRef> {
  const address = API_PREFIX + putFile.path.replace('{sha256}', sha256);
  const headers = { 'content-type': 'application/octet-stream', [PAGE_HEADER]: '1' };
  const answer = await fetch(address, { method: putFile.method, headers, body, signal }).catch((error: unknown) => {
    if (!(error instanceof TypeError)) throw error;
    throw ownRefusal(
      'ServerUnreachable',
      0,
      'The server does not answer. What has arrived stays: the next try sends only the rest.',
    );
  });
  const text = await answer.text();
  if (!answer.ok) throw refusalOf(answer, text);
  const said = putFile.answer?.safeParse(JSON.parse(text)).data;
  if (said === undefined)
    throw ownRefusal('ServerAnswerUnknown', answer.status, 'The server answers something unknown.');
  return said;
}
