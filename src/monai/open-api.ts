import { z } from 'zod';
import type { Http } from '../http/http.ts';
import { parseAnswer } from '../http/parse-answer.ts';

const openApiSchema = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) });

/**
 * The document in which the server describes its own API. It tells releases and apps apart where nothing states a version.
 *
 * @throws MaskloopError `MonaiUnreachable`, `MonaiRejected` or `MonaiUnexpectedAnswer`
 */
export async function readOpenApi(http: Http, signal?: AbortSignal): Promise<unknown> {
  const answer = await http.send({ method: 'GET', path: '/openapi.json', signal });
  return parseAnswer(answer, openApiSchema, 'MonaiUnexpectedAnswer');
}
