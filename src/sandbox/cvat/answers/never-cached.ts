import type { Answer } from './answer.ts';

/** The headers by which Django forbids browsers to keep an answer. Errors of its framework come without them. */
export function neverCached(answer: Answer): Answer {
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'cache-control': 'max-age=0, no-cache, no-store, must-revalidate, private',
      expires: new Date().toUTCString(),
    },
  };
}
