import { MaskloopError } from '../contracts/error.ts';
import type { Http } from '../http/http.ts';
import { multipartBody } from '../http/multipart.ts';
import { parseAnswer } from '../http/parse-answer.ts';
import { assertModel, readInfo } from './info.ts';
import type { PublishedModel } from '../contracts/trainer-reports.ts';
import { throughRewrite } from './through-rewrite.ts';
import { isAbsence } from './wire/absence.ts';
import { publishedModelSchema, uploadedModelSchema } from './wire/model.ts';

/**
 * The published model; null if there is none yet. The server gives one 404 for that and for a model it does not know;
 * the second is told apart by its list of models.
 *
 * @throws MaskloopError `ModelNotFound`, `MonaiRejected`, `MonaiUnreachable`, `MonaiUnexpectedAnswer`
 */
export async function readPublishedModel(
  http: Http,
  model: string,
  signal?: AbortSignal,
): Promise<PublishedModel | null> {
  const path = `/model/info/${encodeURIComponent(model)}`;
  const answer = await throughRewrite(() => http.send({ method: 'GET', path, allow: [404], signal }), signal);
  if (!isAbsence(answer)) return parseAnswer(answer, publishedModelSchema, 'MonaiUnexpectedAnswer');
  assertModel(await readInfo(http, signal), model);
  return null;
}

/**
 * The file of the published model. Its SHA-256 is the checksum of {@link readPublishedModel}.
 *
 * @throws MaskloopError `ModelNotFound` also if the model was never published
 */
export async function downloadModel(http: Http, model: string, signal?: AbortSignal): Promise<Uint8Array> {
  const answer = await http.send({ method: 'GET', path: `/model/${encodeURIComponent(model)}`, allow: [404], signal });
  if (!isAbsence(answer)) return answer.bytes;
  assertModel(await readInfo(http, signal), model);
  throw new MaskloopError('ModelNotFound', `The model ${model} was never published.`, { facts: { model } });
}

/**
 * Publishes a model file over the one that is there. The server takes any bytes, and whether they are a model shows at the
 * next prediction; so send only what was once downloaded. The model is looked up first, since an unknown one is a 500 too.
 * A broken connection is tried once more: the same file is put in the same place.
 *
 * @returns the checksum as the server states it
 * @throws MaskloopError `ModelNotFound`, `MonaiRejected`, `MonaiUnreachable`, `MonaiUnexpectedAnswer`
 */
export async function uploadModel(http: Http, model: string, bytes: Uint8Array, signal?: AbortSignal): Promise<string> {
  assertModel(await readInfo(http, signal), model);
  const file = { name: 'file', fileName: 'model.pt', contentType: 'application/octet-stream', bytes: bytes.length };
  const stream = multipartBody([{ ...file, read: () => bytes }]);
  const path = `/model/${encodeURIComponent(model)}`;
  const answer = await http.send({ method: 'PUT', path, stream, repeatable: true, signal });
  return parseAnswer(answer, uploadedModelSchema, 'MonaiUnexpectedAnswer').checksum;
}
