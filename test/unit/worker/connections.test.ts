import { describe, expect, it } from '@jest/globals';
import type { ConnectionConfig } from '../../../src/config/connections.ts';
import { connectionClients } from '../../../src/worker/connections.ts';

function config(url: string, monai: string | null): ConnectionConfig {
  const credentials = async () => ({ kind: 'token', token: 'a.b' }) as const;
  const cvat = { url, publicUrl: `${url}/public`, organization: null, credentials, headers: () => ({}) };
  const server = monai === null ? null : { url: monai, headers: () => ({}), statedVersion: null };
  return { cvat, monai: server, trainer: null };
}

describe('the clients of a process', () => {
  const clients = connectionClients(
    new Map([
      ['default', config('http://one.test', null)],
      ['north', config('http://north.test', 'http://monai.test')],
    ]),
  );

  it('are made once for each connection, with its own addresses', () => {
    expect(clients.connect('north')).toBe(clients.connect('north'));
    expect(clients.connect('north').cvat.taskUrl(7)).toBe('http://north.test/public/tasks/7');
    expect(clients.connect('north').monai?.url).toBe('http://monai.test');
    expect(clients.connect('default').cvat.taskUrl(7)).toBe('http://one.test/public/tasks/7');
    expect(clients.connect('default').monai).toBeNull();
  });

  it('are refused under a name that nobody configured, with the names that are known', () => {
    expect(() => clients.connect('south')).toThrow(
      expect.objectContaining({
        code: 'ConnectionUnknown',
        facts: { connection: 'south', known: ['default', 'north'] },
      }),
    );
  });
});
