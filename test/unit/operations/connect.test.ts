import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { connectTemporal } from '../../../src/operations/connect.ts';

describe('connectTemporal', () => {
  it('says within about five seconds that nobody answers, also where a port is open but silent', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => void sockets.push(socket));
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const port = (silent.address() as { port: number }).port;
    const address = `127.0.0.1:${port}`;
    const begun = Date.now();
    await expect(connectTemporal({ address, namespace: 'default', connectionOptions: {} })).rejects.toMatchObject({
      code: 'TemporalUnreachable',
      facts: { address },
    });
    expect(Date.now() - begun).toBeLessThan(9000);
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => {
      silent.close(resolve);
    });
  });
});
