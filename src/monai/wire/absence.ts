import { z } from 'zod';
import { contentFailure } from '../../http/answer-failure.ts';
import type { HttpAnswer } from '../../http/http.ts';
import { parseAnswer } from '../../http/parse-answer.ts';

const detailSchema = z.object({ detail: z.string() });

/** What the web framework says when it knows no such path, as opposed to MONAI Label knowing no such thing. */
const NO_SUCH_PATH = 'Not Found';

/**
 * True for a 404 by which MONAI Label itself says that a thing does not exist; false for another status.
 * Absence leads to an upload or to giving up a training, so a 404 of a proxy or of another program never counts.
 *
 * @throws MaskloopError `MonaiUnexpectedAnswer` for a 404 of somebody else
 */
export function isAbsence(answer: HttpAnswer): boolean {
  if (answer.status !== 404) return false;
  if (answer.method === 'HEAD') {
    if (answer.headers['content-type']?.startsWith('application/json') === true) return true;
    throw contentFailure(answer, 'MonaiUnexpectedAnswer', 'a content type that is not that of MONAI Label');
  }
  const { detail } = parseAnswer(answer, detailSchema, 'MonaiUnexpectedAnswer');
  if (detail !== NO_SUCH_PATH) return true;
  throw contentFailure(answer, 'MonaiUnexpectedAnswer', 'the words of a server that is not MONAI Label');
}
