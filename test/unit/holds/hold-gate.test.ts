import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MaskloopError } from '../../../src/contracts/error.ts';
import { endHold, listHolds, writeHold } from '../../../src/holds/holds.ts';
import { holdGate } from '../../../src/holds/hold-gate.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import { connectionClients } from '../../../src/worker/connections.ts';
import { temporaryFolders } from '../storage/temporary-folder.ts';

const NOW = Date.parse('2026-03-01T08:00:00.000Z');
const MINUTE_MS = 60_000;
const PLACE = { connection: 'default', server: 'cvat' } as const;
const until = (minutes: number): string => new Date(NOW + minutes * MINUTE_MS).toISOString();
const hold = (minutes: number) => ({ ...PLACE, until: until(minutes), note: 'it moves', by: 'ines', at: until(0) });

const emptyFolder = temporaryFolders();
let store: ArtifactStore;
let nowMs: number;

beforeEach(async () => {
  store = createFolderStore(await emptyFolder());
  nowMs = NOW;
});

describe('the gate before a server', () => {
  const code = async (gate: () => Promise<void>): Promise<unknown> =>
    gate().then(
      () => 'open',
      (error: unknown) => (error as MaskloopError).code,
    );

  it('is closed from a hold on until it ends, and open for the other server and the other connection', async () => {
    const gate = holdGate(store, PLACE, () => nowMs);
    expect(await code(gate)).toBe('open');
    await writeHold(store, hold(10));
    nowMs += 3000;
    await expect(gate()).rejects.toMatchObject({
      message: `CVAT of the connection default is on hold until ${until(10)} by ines: it moves`,
      retryAfterMs: MINUTE_MS,
    });
    for (const other of [
      { ...PLACE, server: 'monai' },
      { ...PLACE, connection: 'north' },
    ] as const) {
      expect(await code(holdGate(store, other, () => nowMs))).toBe('open');
    }
    nowMs = NOW + 10 * MINUTE_MS;
    expect(await code(gate)).toBe('open');
    expect(await listHolds(store, nowMs)).toEqual([]);
  });

  it('opens when the hold is ended before its time', async () => {
    await writeHold(store, hold(10));
    const gate = holdGate(store, PLACE, () => nowMs);
    expect(await code(gate)).toBe('OnHold');
    expect(await endHold(store, PLACE, nowMs)).toBe(true);
    nowMs += 3000;
    expect(await code(gate)).toBe('open');
    expect(await endHold(store, PLACE, nowMs)).toBe(false);
  });

  it('looks at the store once for many requests, and stays as it was while the store is away', async () => {
    await writeHold(store, hold(10));
    let looks = 0;
    let isAway = false;
    const counted = {
      getNamed: async (name: string) => {
        looks += 1;
        if (isAway) throw new MaskloopError('StoreUnreachable', 'away');
        return store.getNamed(name);
      },
    };
    const gate = holdGate(counted, PLACE, () => nowMs);
    const codes = await Promise.all(Array.from({ length: 50 }, () => code(gate)));
    expect([new Set(codes), looks]).toEqual([new Set(['OnHold']), 1]);
    isAway = true;
    nowMs += 5000;
    expect(await code(gate)).toBe('OnHold');
    nowMs = NOW + 11 * MINUTE_MS;
    expect(await code(gate)).toBe('open');
  });
});

describe('the clients of a worker', () => {
  let server: Server;
  let asked: number;
  beforeEach(async () => {
    asked = 0;
    server = createServer((_request, response) => {
      asked += 1;
      response.setHeader('content-type', 'application/json').end('{"version":"2.73.0","models":{}}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => new Promise((resolve) => server.close(resolve)));

  it('send nothing to a held server', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = async () => ({ kind: 'password', username: 'u', password: 'p' }) as const;
    const config = { cvat: { url, credentials }, monai: { url }, trainer: null } as never;
    const { connect } = connectionClients(new Map([['default', config]]), {}, store);
    const { cvat, monai } = connect('default');
    const far = new Date(Date.now() + MINUTE_MS).toISOString();
    for (const held of ['cvat', 'monai'] as const) await writeHold(store, { ...hold(0), server: held, until: far });
    await expect(cvat.about()).rejects.toMatchObject({ code: 'OnHold' });
    await expect(cvat.whoAmI()).rejects.toMatchObject({ code: 'OnHold' });
    await expect(monai?.info()).rejects.toMatchObject({ code: 'OnHold' });
    expect(asked).toBe(0);
    const free = connectionClients(new Map([['default', config]])).connect('default');
    expect(await free.cvat.about()).toMatchObject({ version: '2.73.0' });
    expect(asked).toBe(1);
  });
});
