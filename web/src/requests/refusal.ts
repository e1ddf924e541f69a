import { problem, type Problem } from '../../../src/api/schemas/problem.ts';

/** What the server says instead of an answer, in the words of the catalogue. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: Problem;
  /** ISO time from which another try makes sense; null where the server names none. */
  readonly retryAt: string | null;

  constructor(said: Problem, retryAt: string | null) {
    super(said.detail);
    this.problem = said;
    this.retryAt = retryAt;
  }
}

/** True for a refusal; with a code, for one of that code. */
export function isRefusal(error: unknown, code?: string): error is Refusal {
  return error instanceof Refusal && (code === undefined || error.problem.code === code);
}

/** A failure that the page itself names: nobody answers, or not as a maskloop server does; or a file is not even sent. */
export function ownRefusal(code: keyof typeof OWN, status: number, detail: string): Refusal {
  const [title, action] = OWN[code];
  return new Refusal({ type: `urn:maskloop:failure:${code}`, title, status, detail, code, action, facts: {} }, null);
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
  ZipRefused: [
    'This zip file cannot be taken.',
    'Choose another one, unpack it and upload the folder, or use maskloop put on the command line.',
  ],
} as const;

/** The refusal that an answer holds. `text` is its body. */
export function refusalOf(answer: Response, text: string): Refusal {
  const said = problem.safeParse(jsonOf(text)).data;
  const seconds = Number(answer.headers.get('retry-after') ?? NaN);
  const retryAt = Number.isFinite(seconds) ? new Date(Date.now() + seconds * 1000).toISOString() : null;
  if (said !== undefined) return new Refusal(said, retryAt);
  const code = answer.status >= 500 ? 'ServerUnreachable' : 'ServerAnswerUnknown';
  return ownRefusal(code, answer.status, `The server answered with status ${answer.status} and no reason.`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
