import { connect } from 'node:net';

export interface Exchange {
  /** All bytes that came. */
  readonly text: string;
  readonly endedByPeer: boolean;
}

/** Sends one request on a socket of its own and watches it until the peer ends it, for at most `waitMs` after the last byte. */
export function exchange(url: string, line: string, waitMs = 600): Promise<Exchange> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    let quiet: NodeJS.Timeout | undefined;
    const done = (endedByPeer: boolean): void => {
      clearTimeout(quiet);
      socket.destroy();
      resolve({ text, endedByPeer });
    };
    socket.on('data', (piece) => {
      text += piece.toString('latin1');
      clearTimeout(quiet);
      quiet = setTimeout(() => done(false), waitMs);
    });
    socket.on('end', () => done(true));
    socket.on('error', reject);
    socket.write(`${line} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: 0\r\n\r\n`);
  });
}
