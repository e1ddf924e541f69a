/** Thrown by a route to answer with a status and a JSON body. Anything else that is thrown becomes a bare 500. */
export class HttpAnswer extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`answer ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** `{"detail": …}` with the given status. */
export function refuse(status: number, detail: string, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return new HttpAnswer(status, { detail }, headers);
}

/** One entry of a 422 answer. */
export interface Invalid {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input: unknown;
  readonly ctx?: Readonly<Record<string, string>>;
}

export function unprocessable(invalid: Invalid): HttpAnswer {
  return new HttpAnswer(422, { detail: [invalid] });
}

export function missing(where: 'query' | 'body', name: string): HttpAnswer {
  return unprocessable({ type: 'missing', loc: [where, name], msg: 'Field required', input: null });
}
