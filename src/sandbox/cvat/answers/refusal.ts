import { json, page, text, type Answer } from './answer.ts';

/** Thrown by routes and their helpers: the request is answered with an error of one of CVAT's many forms. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`CVAT answers ${answer.status}`);
    this.answer = answer;
  }
}

/** `{"detail": "…"}`: authentication, permission, absence, method and media type. */
export function refuseDetail(status: number, detail: string, headers: Readonly<Record<string, string>> = {}): Refusal {
  return new Refusal(json(status, { detail }, headers));
}

/** `["…"]`: most of CVAT's own validation. */
export function refuseList(words: string): Refusal {
  return new Refusal(json(400, [words]));
}

/** `{"field": ["…"]}`: validation of a body's fields. */
export function refuseFields(fields: object): Refusal {
  return new Refusal(json(400, fields));
}

export function refuseText(status: number, words: string): Refusal {
  return new Refusal(text(status, words));
}

/** An unhandled exception of CVAT. */
export function refuseCrash(): Refusal {
  return new Refusal(page(500));
}

export function forbidden(): Refusal {
  return refuseDetail(403, 'You do not have permission to perform this action.');
}

export function notFound(kind: string): Refusal {
  return refuseDetail(404, `No ${kind} matches the given query.`);
}

export function unknownField(): Refusal {
  return refuseDetail(403, 'Attempted to update an unknown field');
}
