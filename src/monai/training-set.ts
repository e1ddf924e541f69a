import type { Http } from '../http/http.ts';
import { parseAnswer } from '../http/parse-answer.ts';
import { trainingListSchema } from './wire/datastore.ts';

/** Without the folders, and without the ending under which the server keeps the file; `.nii.gz` is one. */
const FILE = /([^/\\]+?)(?:\.nii\.gz|\.[^./\\]+)?$/;

/**
 * Ids of the images that a training would read now. The server tells paths; our ids hold no dot, so that all but the last
 * ending belongs to the id of somebody else's image.
 *
 * @throws MaskloopError `MonaiUnreachable`, `MonaiRejected`, `MonaiUnexpectedAnswer`
 */
export async function readTrainingSet(http: Http, signal?: AbortSignal): Promise<readonly string[]> {
  const answer = await http.send({ method: 'GET', path: '/datastore/?output=train', signal });
  const list = parseAnswer(answer, trainingListSchema, 'MonaiUnexpectedAnswer');
  return list.map(({ image }) => FILE.exec(image)?.[1] ?? image);
}
