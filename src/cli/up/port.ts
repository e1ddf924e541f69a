import { createServer } from 'node:net';
import { MaskloopError } from '../../contracts/error.ts';

/**
 * A port of this machine's loopback address that nobody listens on.
 *
 * @param port the one that is wanted; 0 for any
 * @throws MaskloopError `AddressInUse` if the wanted one is taken
 */
export async function takePort(port: number): Promise<number> {
  const server = createServer();
  try {
    return await new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  } catch (error) {
    throw new MaskloopError('AddressInUse', `Port ${port} of 127.0.0.1 is taken by another program.`, {
      facts: { port },
      cause: error,
    });
  } finally {
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }
}
