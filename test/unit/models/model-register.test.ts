import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { currentModel, fileOfModel, previousModel, type ModelEvent } from '../../../src/contracts/model-register.ts';
import { knownRegisters } from '../../../src/models/known-registers.ts';
import { addModelEvent, readModelEvents } from '../../../src/models/model-register.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';

const FILE = { uri: 'store:sha256/aa/aa', sha256: 'aa', bytes: 1 };
const place = { trainer: 'command-0123456789abcdef', connection: 'lab/β', model: 'seg.v2' };

type NewEvent = Parameters<typeof addModelEvent>[2];

function event(checksum: string, changes: Partial<NewEvent> = {}): NewEvent {
  const common = { iteration: 'P/T', metrics: null, reasons: [], by: null, at: '2026-01-01T00:00:00.000Z' };
  return { event: 'promoted', checksum, file: FILE, current: checksum, ...common, key: checksum, ...changes };
}

function entry(number: number, checksum: string, changes: Partial<ModelEvent> = {}): ModelEvent {
  return { schema: 'maskloop.model/1', number, connection: 'a', model: 'seg', ...event(checksum), ...changes };
}

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-register-'));
});
afterEach(async () => rm(dir, { recursive: true }));

describe('the register of models', () => {
  it('gives each of many writers a number of its own and loses none', async () => {
    const store = createFolderStore(dir);
    await Promise.all(
      Array.from({ length: 12 }, async (_, index) => addModelEvent(store, place, event(`SHA256:${index}`))),
    );
    const all = await readModelEvents(store, place);
    expect(all.map(({ number }) => number)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect(new Set(all.map(({ checksum }) => checksum)).size).toBe(12);
    const { trainer, model, connection } = place;
    expect(await knownRegisters(store, null)).toEqual([{ trainer, model, connections: [connection], events: all }]);
    expect(await knownRegisters(store, 'default')).toEqual([]);
  });

  it('writes what a further try says again only once', async () => {
    const store = createFolderStore(dir);
    const first = await addModelEvent(store, place, event('SHA256:1'));
    expect(await addModelEvent(store, place, event('SHA256:1', { at: '2027-01-01T00:00:00.000Z' }))).toEqual(first);
    await addModelEvent(store, place, event('SHA256:2'));
    expect(await addModelEvent(store, place, event('SHA256:1'))).toMatchObject({ number: 3 });
  });

  it('reads what was kept by connection before what is kept by trainer, and numbers that from 1', async () => {
    const store = createFolderStore(dir);
    const keep = async (one: ModelEvent) =>
      store.putNamed(`models/${one.connection}/seg/${one.number}`, Buffer.from(JSON.stringify(one)));
    await keep(entry(1, 'SHA256:1', { connection: 'a', at: '2026-01-02T00:00:00.000Z' }));
    await keep(entry(2, 'SHA256:3', { connection: 'a', at: '2026-01-01T00:00:00.000Z' }));
    await keep(entry(1, 'SHA256:2', { connection: 'b', at: '2026-01-01T12:00:00.000Z' }));
    const read = async (connection: string) => {
      const events = await readModelEvents(store, { trainer: 't', connection, model: 'seg' });
      return events.map(({ checksum }) => checksum.slice(-1)).join('');
    };
    expect([await read('a'), await read('b'), await read('c')]).toEqual(['13', '2', '']);
    const names = async () =>
      (await knownRegisters(store, null)).map((one) => [one.trainer, one.connections.join('+'), one.events.length]);
    expect(await names()).toEqual([
      [null, 'a', 2],
      [null, 'b', 1],
    ]);
    const third = await addModelEvent(store, { trainer: 't', connection: 'c', model: 'seg' }, event('SHA256:4'));
    expect(third.number).toBe(1);
    await addModelEvent(store, { trainer: 't', connection: 'a', model: 'seg' }, event('SHA256:5'));
    expect([await read('a'), await read('b'), await read('c')]).toEqual(['1345', '21345', '1345']);
    expect(await names()).toEqual([
      ['t', 'a+c', 4],
      [null, 'b', 1],
    ]);
  });

  it('refuses a document that is no entry', async () => {
    const store = createFolderStore(dir);
    await store.putNamed('models/default/m/1', Buffer.from('{"schema":"other"}'));
    const read = readModelEvents(store, { trainer: 't', connection: 'default', model: 'm' });
    await expect(read).rejects.toMatchObject({ code: 'ArtifactCorrupt' });
  });

  it('knows what should be published, what was before, and where the bytes of each are', () => {
    const [A, B] = ['SHA256:a', 'SHA256:b'];
    const events = [entry(1, A), entry(2, B), entry(3, A, { event: 'rolled back' })];
    expect(currentModel(events)).toBe(A);
    expect(previousModel(events, A)).toBe(B);
    expect(previousModel(events, 'SHA256:somebody-elses')).toBe(A);
    expect(previousModel(events.slice(0, 1), A)).toBeNull();
    expect(fileOfModel(events, B)).toEqual(FILE);
    expect([fileOfModel(events, 'SHA256:c'), currentModel([])]).toEqual([null, null]);
  });
});
