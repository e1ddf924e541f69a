import { MaskloopError } from '../contracts/error.ts';
import type { Http } from '../http/http.ts';
import { parseAnswer } from '../http/parse-answer.ts';
import { assertModel, readInfo } from './info.ts';
import type { PublishedModel } from './monai.ts';
import { isAbsence } from './wire/absence.ts';
import { publishedModelSchema } from './wire/model.ts';

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
  const answer = await http.send({ method: 'GET', path, allow: [404], signal });
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
