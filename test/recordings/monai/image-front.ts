import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { withPixels } from './pictures.ts';

/** What is wrong with the form of a request. */
export type Spoilt = 'cut' | 'no boundary';

export interface ImageFront {
  readonly url: string;
  /** Breaks the form of the next request: a recorded form is kept without how it was broken. */
  spoilNext(how: Spoilt): void;
  close(): void;
}

/**
 * A front that gives requests back what a short recording has lost: pixels of images, which the stand-in really learns
 * from, and model files, which are those that it gave out itself. Boundaries of answered forms it takes away, as the
 * recording does. All else passes as it is.
 */
export async function startImageFront(target: string): Promise<ImageFront> {
  const models = new Map<string, Buffer>();
  let spoilt: Spoilt | null = null;

  async function forward(incoming: IncomingMessage): Promise<{ answer: IncomingMessage; body: Buffer }> {
    const path = incoming.url ?? '';
    const sent = withModel(withPixels(await buffer(incoming)), models.get(path));
    const type = incoming.headers['content-type'] ?? '';
    const form = {
      type: spoilt === 'no boundary' ? 'multipart/form-data' : type,
      body: spoilt === null ? sent : sent.subarray(0, -9),
    };
    spoilt = null;
    const answer = await send(`${target}${path}`, incoming, form);
    const body = await buffer(answer);
    if (incoming.method === 'GET' && /^\/model\/\w+$/.test(path)) models.set(path, body);
    return { answer, body };
  }

  const server = createServer((incoming, outgoing) => {
    const done = (async (): Promise<void> => {
      const { answer, body } = await forward(incoming);
      const headers = answer.rawHeaders.map((value) => value.replace(/^(multipart\/form-data); boundary=.*/, '$1'));
      outgoing.writeHead(answer.statusCode ?? 0, headers);
      outgoing.end(body);
    })();
    done.catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    spoilNext: (how) => (spoilt = how),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function send(
  url: string,
  incoming: IncomingMessage,
  form: { type: string; body: Buffer },
): Promise<IncomingMessage> {
  const { 'transfer-encoding': _, 'content-length': length, ...headers } = incoming.headers;
  const outgoing = request(url, {
    method: incoming.method,
    headers: {
      ...headers,
      ...(form.type === '' ? {} : { 'content-type': form.type }),
      ...(length === undefined && form.body.length === 0 ? {} : { 'content-length': form.body.length }),
      connection: 'close',
    },
  });
  outgoing.end(form.body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  return answer;
}

/** Puts the model in the place of an archive that stands for it. */
function withModel(body: Buffer, model: Buffer | undefined): Buffer {
  const from = body.indexOf('\r\n\r\nPK', 0, 'latin1') + 4;
  if (model === undefined || from < 4) return body;
  return Buffer.concat([body.subarray(0, from), model, body.subarray(body.lastIndexOf('\r\n--', -5, 'latin1'))]);
}
