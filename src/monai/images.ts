import type { Http } from '../http/http.ts';
import { parseAnswer } from '../http/parse-answer.ts';
import type { StoredImage } from './monai.ts';
import { imagesSchema } from './wire/datastore.ts';

/**
 * All images of the datastore, in the server's order.
 *
 * @throws MaskloopError `MonaiUnreachable`, `MonaiRejected`, `MonaiUnexpectedAnswer`
 */
export async function readImages(http: Http, signal?: AbortSignal): Promise<readonly StoredImage[]> {
  const answer = await http.send({ method: 'GET', path: '/datastore/?output=all', signal });
  return parseAnswer(answer, imagesSchema, 'MonaiUnexpectedAnswer');
}
