import { MaskloopError } from '../contracts/error.ts';
import { contentFailure } from '../http/answer-failure.ts';
import type { Http, HttpAnswer } from '../http/http.ts';
import { multipartBody } from '../http/multipart.ts';
import { hasImage } from './datastore.ts';
import { assertImageId } from './image-id.ts';
import { assertModel, readInfo } from './info.ts';
import { filePart } from './upload.ts';

/** Inference on a CPU, or behind a training on the same machine, takes its time. */
const ANSWER_MS = 600_000;

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/**
 * The mask that the published model predicts for an image, as PNG bytes. Stores nothing on the server, so a broken
 * connection is tried once more.
 *
 * The server answers 500 for an unknown model, an unknown image and a model that fails alike. Since it evidently answers
 * (other 5xx are a proxy's, and outages), the first two are looked up, and what remains is `MonaiRejected`: the
 * model cannot predict this image, and waiting would not help.
 *
 * @throws MaskloopError `ModelNotFound`, `MonaiRejected`, `MonaiUnreachable`; `MonaiUnexpectedAnswer` for anything but a PNG
 */
export async function infer(http: Http, model: string, imageId: string, signal?: AbortSignal): Promise<Uint8Array> {
  assertImageId(imageId);
  const answer = await http.send({
    method: 'POST',
    path: `/infer/${encodeURIComponent(model)}?image=${imageId}&output=image`,
    allow: [500],
    repeatable: true,
    timeouts: { headersMs: ANSWER_MS },
    signal,
  });
  if (answer.status === 500) throw await whyRefused(http, model, imageId, signal);
  return maskOf(answer);
}

/**
 * The same of an image that is sent along, which the server keeps only while it predicts.
 *
 * @throws MaskloopError as {@link infer}; `MonaiRejected` also for a file name without extension
 */
export async function inferFile(
  http: Http,
  model: string,
  { fileName, bytes }: { readonly fileName: string; readonly bytes: Uint8Array },
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const answer = await http.send({
    method: 'POST',
    path: `/infer/${encodeURIComponent(model)}?output=image`,
    stream: multipartBody([filePart('file', { imageId: 'image', fileName, bytes })]),
    allow: [500],
    repeatable: true,
    timeouts: { headersMs: ANSWER_MS },
    signal,
  });
  if (answer.status !== 500) return maskOf(answer);
  assertModel(await readInfo(http, signal), model);
  const message = `The model ${model} fails on the image ${fileName}: MONAI Label answers 500 and tells why in its log.`;
  throw new MaskloopError('MonaiRejected', message, { facts: { model, file: fileName, status: 500 } });
}

function maskOf(answer: HttpAnswer): Uint8Array {
  const type = answer.headers['content-type'] ?? 'no content type';
  if (!type.startsWith('image/png') || !PNG_SIGNATURE.equals(answer.bytes.subarray(0, PNG_SIGNATURE.length))) {
    throw contentFailure(answer, 'MonaiUnexpectedAnswer', `${type} that is not a PNG mask`);
  }
  return answer.bytes;
}

async function whyRefused(
  http: Http,
  model: string,
  imageId: string,
  signal: AbortSignal | undefined,
): Promise<MaskloopError> {
  assertModel(await readInfo(http, signal), model);
  const held = await hasImage(http, imageId, signal);
  const message = held
    ? `The model ${model} fails on the image ${imageId}: MONAI Label answers 500 and tells why in its log.`
    : `MONAI Label holds no image ${imageId} to predict.`;
  return new MaskloopError('MonaiRejected', message, { facts: { model, imageId, status: 500 } });
}
