import { problem, type Problem } from '../../../src/api/schemas/problem.ts';

/** What the server says instead of an answer, in the words of the catalogue. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: Problem;
  /** ISO time from which another try makes sense; null where the server names none. */
  readonly retryAt: string | null;
  readonly purpose: Purpose;

  constructor(said: Problem, retryAt: string | null, purpose: Purpose = 'reading') {
    super(said.detail);
    this.problem = said;
    this.retryAt = retryAt;
    this.purpose = purpose;
  }
}

/** True for a refusal; with a code, for one of that code. */
export function isRefusal(error: unknown, code?: string): error is Refusal {
  return error instanceof Refusal && (code === undefined || error.problem.code === code);
}

/**
 * What a request was for. What is read is asked for again by itself. A change never is, and may have been done though the answer is missing;
 * what is `repeatable`, such as a login or an upload, may be done again without a look.
 */
export type Purpose = 'reading' | 'change' | 'repeatable';

/** A failure that the page itself names: nobody answers, or not as a maskloop server does; or a file is not even sent. */
export function ownRefusal(
  code: keyof typeof OWN,
  status: number,
  detail: string,
  purpose: Purpose = 'reading',
): Refusal {
  const [title, forReading] = OWN[code];
  const action = OTHERWISE[purpose][code] ?? forReading;
  return new Refusal(
    { type: `urn:maskloop:failure:${code}`, title, status, detail, code, action, facts: {} },
    null,
    purpose,
  );
}

const OWN = {
  ServerUnreachable: [
    'The server does not answer.',
    'Wait: this page tries again by itself. If it lasts, ask whoever runs the server.',
  ],
  ServerAnswerUnknown: [
    'The server answered something that this page does not know.',
    'Load the page anew: the server may be of another version by now.',
  ],
  FilesToChooseAgain: [
    'The server does not know files any more that were chosen here.',
    'Choose the same folder or file again: what is in the store is not kept twice.',
  ],
  ZipRefused: [
    'This zip file cannot be taken.',
    'Choose another one, unpack it and upload the folder, or use maskloop put on the command line.',
  ],
} as const;

const OTHERWISE: Readonly<Record<Purpose, Readonly<Partial<Record<keyof typeof OWN, string>>>>> = {
  reading: {},
  change: {
    ServerUnreachable:
      'It is not known whether it was done, and it is not tried again by itself. Once the server is back, look whether it was; if not, press again. What you typed stays.',
    ServerAnswerUnknown:
      'It may be done all the same: look before you do it again. Load the page anew then: the server may be of another version by now.',
  },
  repeatable: { ServerUnreachable: 'It is not tried again by itself: press again once the server is back.' },
};

/** The refusal that an answer holds. `text` is its body. */
export function refusalOf(answer: Response, text: string, purpose: Purpose = 'reading'): Refusal {
  const said = problem.safeParse(jsonOf(text)).data;
  const seconds = Number(answer.headers.get('retry-after') ?? NaN);
  const retryAt = Number.isFinite(seconds) ? new Date(Date.now() + seconds * 1000).toISOString() : null;
  if (said !== undefined) return new Refusal(said, retryAt, purpose);
  const code = answer.status >= 500 ? 'ServerUnreachable' : 'ServerAnswerUnknown';
  return ownRefusal(code, answer.status, `The server answered with status ${answer.status} and no reason.`, purpose);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
