/** An answer read to its end, its headers in the order and spelling in which the server sent them. */
export interface WholeAnswer {
  readonly status: number;
  readonly statusText: string;
  /** Name, value, name, value … */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** The first value of a header, its name in lower case. */
  header(name: string): string | undefined;
  withBody(body: Buffer): WholeAnswer;
  withHeader(name: string, value: string): WholeAnswer;
}

export function wholeAnswer(given: {
  status: number;
  statusText?: string;
  rawHeaders: readonly string[];
  body: Buffer;
}): WholeAnswer {
  const { status, statusText = '', rawHeaders, body } = given;
  const position = (name: string): number =>
    rawHeaders.findIndex((text, at) => at % 2 === 0 && text.toLowerCase() === name);
  const withHeader = (name: string, value: string): WholeAnswer => {
    const at = position(name);
    const changed = at < 0 ? [...rawHeaders, name, value] : rawHeaders.with(at + 1, value);
    return wholeAnswer({ ...given, rawHeaders: changed });
  };
  return {
    status,
    statusText,
    rawHeaders,
    body,
    header: (name) => (position(name) < 0 ? undefined : rawHeaders[position(name) + 1]),
    withHeader,
    withBody(changed) {
      const length =
        position('content-length') < 0 ? rawHeaders : withHeader('content-length', String(changed.length)).rawHeaders;
      return wholeAnswer({ ...given, rawHeaders: length, body: changed });
    },
  };
}

/** An answer of the layer's own. */
export function ownAnswer(
  status: number,
  statusText: string,
  headers: Readonly<Record<string, string>>,
  text: string,
): WholeAnswer {
  const body = Buffer.from(text);
  const all = { ...headers, 'Content-Length': String(body.length) };
  return wholeAnswer({ status, statusText, rawHeaders: Object.entries(all).flat(), body });
}
