/** What a route answers; the application adds the headers that all answers share. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly contentType?: string;
  readonly body?: string | Buffer;
  /** True for a page of Django's own, which knows nothing of the address. */
  readonly isPage?: boolean;
}

/** CVAT's own media type, with or without an error. */
const CVAT_JSON = 'application/vnd.cvat+json';
const HTML = 'text/html; charset=utf-8';

export function json(status: number, value: unknown, headers: NonNullable<Answer['headers']> = {}): Answer {
  return { status, contentType: CVAT_JSON, body: JSON.stringify(value), headers };
}

export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers };
}

/** Plain words under an HTML type, as Django sends an `HttpResponse`. */
export function text(status: number, words: string): Answer {
  return { status, contentType: HTML, body: words };
}

/** Django's pages for addresses it does not know and for its own errors. */
export function page(status: 400 | 404 | 500): Answer {
  const { title, words } = PAGES[status];
  const head = `<head>\n  <title>${title}</title>\n</head>`;
  const body = `<body>\n  <h1>${title}</h1><p>${words}</p>\n</body>`;
  const html = `\n<!doctype html>\n<html lang="en">\n${head}\n${body}\n</html>\n`;
  return { status, contentType: HTML, isPage: true, body: html };
}

const PAGES = {
  400: { title: 'Bad Request (400)', words: '' },
  404: { title: 'Not Found', words: 'The requested resource was not found on this server.' },
  500: { title: 'Server Error (500)', words: '' },
};
