import type { Reply, Seen } from '../http/scripted-server.ts';

/** What goes wrong with one PATCH: the connection breaks before or after the bytes are stored, or another answer is given. */
export type Fault = 'break' | 'store and break' | Reply | undefined;

/**
 * TUS as CVAT speaks it for the annotations of task 1: the creation path ends in a slash, an upload is forgotten with its last
 * byte, a wrong offset is a 409 without an offset, and a finish is accepted whatever has arrived.
 */
export class TusServer {
  readonly finished: { query: URLSearchParams; content: Buffer; complete: boolean }[] = [];
  patches = 0;
  readonly #uploads = new Map<string, { length: number; content: Buffer; known: boolean }>();
  readonly #fault: (patch: number) => Fault;

  constructor(fault: (patch: number) => Fault = () => undefined) {
    this.#fault = fault;
  }

  answer(seen: Seen): Reply | undefined {
    const url = new URL(seen.path, 'http://x');
    const name = /^\/api\/tasks\/1\/annotations\/(.+)$/.exec(url.pathname)?.[1];
    if (name !== undefined) return this.#upload(seen, name);
    if (seen.method === 'POST' && url.pathname === '/api/tasks/1/annotations/') return this.#create(seen);
    if (seen.method === 'POST' && 'upload-finish' in seen.headers) return this.#finish(url.searchParams);
    return { status: 404, body: '<html><title>Not Found</title></html>' };
  }

  forget(): void {
    this.#uploads.clear();
  }

  #create({ headers }: Seen): Reply {
    if (headers.origin === undefined) return { status: 500, body: '<html><title>Server Error (500)</title></html>' };
    const name = `1_upload-${this.#uploads.size + 1}`;
    this.#uploads.set(name, { length: Number(headers['upload-length']), content: Buffer.alloc(0), known: true });
    const location = `http://inner-name:8080/api/tasks/1/annotations/${name}`;
    return { status: 201, headers: { location, 'upload-filename': name } };
  }

  #upload({ method, headers, body, socket }: Seen, name: string): Reply | undefined {
    const upload = this.#uploads.get(name);
    if (method === 'HEAD') {
      if (upload?.known !== true) return { status: 404 };
      return { headers: { 'upload-offset': String(upload.content.length), 'upload-length': String(upload.length) } };
    }
    this.patches += 1;
    const fault = this.#fault(this.patches);
    if (fault === 'break') {
      socket.destroy();
      return undefined;
    }
    if (typeof fault === 'object') return fault;
    if (upload?.known !== true) return { status: 404 };
    if (headers['content-type'] !== 'application/offset+octet-stream') return { status: 415 };
    if (Number(headers['upload-offset'] ?? 0) !== upload.content.length) return { status: 409 };
    upload.content = Buffer.concat([upload.content, body]);
    if (upload.content.length > upload.length) return { status: 413 };
    upload.known = upload.content.length < upload.length;
    if (fault === 'store and break') {
      socket.destroy();
      return undefined;
    }
    return { status: 204, headers: { 'upload-offset': String(upload.content.length) } };
  }

  #finish(query: URLSearchParams): Reply {
    const upload = this.#uploads.get(query.get('filename') ?? '');
    if (upload === undefined) return { status: 400, json: ['No such file were uploaded'] };
    this.finished.push({ query, content: upload.content, complete: !upload.known });
    return { status: 202, json: { rq_id: 'action=import&target=task&target_id=1&subresource=annotations' } };
  }
}
