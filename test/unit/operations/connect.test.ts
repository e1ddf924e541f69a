import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { connectTemporal, lazyTemporal } from '../../../src/operations/connect.ts';

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

describe('lazyTemporal', () => {
  it('goes on to try every second while nobody answers, so that it is soon known when Temporal is back', async () => {
    const times: number[] = [];
    const refusing = createServer((socket) => {
      times.push(Date.now());
      socket.destroy();
    });
    await new Promise<void>((resolve) => {
      refusing.listen(0, '127.0.0.1', resolve);
    });
    const { port } = refusing.address() as { port: number };
    const where = { address: `127.0.0.1:${port}`, namespace: 'default', connectionOptions: {} };
    const { client, close } = lazyTemporal(where);
    const deadline = Date.now() + 30_000;
    while (times.length < 5 && Date.now() < deadline) {
      const ask = async () => client.workflowService.describeNamespace({ namespace: 'default' });
      await client.withDeadline(Date.now() + 1000, ask).catch(() => undefined);
    }
    await close();
    await new Promise((resolve) => {
      refusing.close(resolve);
    });
    // 500 ms and three times a second, each a fifth longer at most; by itself the client would take seven seconds at least.
    expect((times[4] ?? Infinity) - (times[0] ?? 0)).toBeLessThan(6500);
  });
});
