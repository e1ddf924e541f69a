import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** A server on a loopback port that can go away and come back to the same port. */
export interface Listener {
  readonly port: number;
  /** Stops listening and cuts all connections; true from then on that a connection is refused. Several reasons may hold it down. */
  down(reason: object): void;
  /** Takes back a reason; listens again when none is left. */
  up(reason: object): Promise<void>;
  close(): Promise<void>;
}

/** @throws the socket's error (`EADDRINUSE`) if the port is taken */
export async function listen(server: Server, port: number): Promise<Listener> {
  const sockets = new Set<Socket>();
  const reasons = new Set<object>();
  let closed = false;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const open = async (wanted: number): Promise<number> => {
    server.listen(wanted, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : wanted;
  };
  const actual = await open(port);
  const cut = (): void => {
    if (server.listening) server.close();
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: actual,
    down(reason) {
      reasons.add(reason);
      cut();
    },
    async up(reason) {
      reasons.delete(reason);
      if (reasons.size === 0 && !server.listening && !closed) await open(actual);
    },
    async close() {
      closed = true;
      const ended = sockets.size === 0 ? [] : [...sockets].map((socket) => once(socket, 'close'));
      cut();
      await Promise.all(ended);
    },
  };
}
