import type { IncomingMessage, ServerResponse } from 'node:http';
import { createUpstream, type Upstream } from './upstream.ts';

interface Connection {
  readonly upstream: Upstream;
  /** The answer under way, or the last one. */
  response: ServerResponse;
}

/** Gives each connection of a client one of its own to the server, and closes it when the server closes that. */
export function createConnections(target: URL): (request: IncomingMessage, response: ServerResponse) => Upstream {
  const connections = new WeakMap<object, Connection>();
  return ({ socket }, response) => {
    const known = connections.get(socket);
    if (known !== undefined && !known.upstream.closedByServer) {
      known.response = response;
      return known.upstream;
    }
    const upstream = createUpstream(target, () => {
      const { response: current } = connection;
      if (current.writableFinished) socket.destroySoon();
      else current.once('finish', () => socket.destroySoon());
    });
    const connection: Connection = { upstream, response };
    connections.set(socket, connection);
    socket.once('close', () => upstream.close());
    return upstream;
  };
}
