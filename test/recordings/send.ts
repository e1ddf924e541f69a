import { request, type Agent } from 'node:http';
import { gunzipSync } from 'node:zlib';

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

export interface Received {
  readonly status: number;
  /** Several values of one name joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Unpacked. */
  readonly body: Buffer;
}

/** Sends one request as it stands, without any header of our own but `Host` and the length, and reads the answer. */
export function send(url: string, agent: Agent, sent: Sent): Promise<Received> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const length = sent.body === undefined && sent.method === 'GET' ? {} : { 'content-length': sent.body?.length ?? 0 };
    const headers = { ...sent.headers, ...length };
    const started = request(
      { hostname, port, agent, method: sent.method, path: sent.path, headers, timeout: 20_000 },
      (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('error', reject);
        answer.on('end', () => {
          const flat = Object.entries(answer.headers).map(([name, value]) => [name, String(value ?? '')] as const);
          const bytes = Buffer.concat(pieces);
          const body = answer.headers['content-encoding'] === 'gzip' && bytes.length > 0 ? gunzipSync(bytes) : bytes;
          resolve({ status: answer.statusCode ?? 0, headers: Object.fromEntries(flat), body });
        });
      },
    );
    started.on('error', reject);
    started.on('timeout', () => started.destroy(new Error(`no answer to ${sent.method} ${sent.path}`)));
    started.end(sent.body);
  });
}
