import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { currentModel, fileOfModel, previousModel, type ModelEvent } from '../../../src/contracts/model-register.ts';
import { addModelEvent, knownModels, readModelEvents } from '../../../src/models/model-register.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';

const FILE = { uri: 'store:sha256/aa/aa', sha256: 'aa', bytes: 1 };
const place = { connection: 'lab/β', model: 'seg.v2' };

function event(checksum: string, changes: Partial<ModelEvent> = {}): Omit<ModelEvent, 'number' | 'schema'> {
  const common = { iteration: 'P/T', metrics: null, reasons: [], by: null, at: '2026-01-01T00:00:00.000Z' };
  return { ...place, event: 'promoted', checksum, file: FILE, current: checksum, ...common, key: checksum, ...changes };
}

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-register-'));
});
afterEach(async () => rm(dir, { recursive: true }));

describe('the register of models', () => {
  it('gives each of many writers a number of its own and loses none', async () => {
    const store = createFolderStore(dir);
    await Promise.all(Array.from({ length: 12 }, async (_, index) => addModelEvent(store, event(`SHA256:${index}`))));
    const all = await readModelEvents(store, place);
    expect(all.map(({ number }) => number)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect(new Set(all.map(({ checksum }) => checksum)).size).toBe(12);
    expect(await knownModels(store, null)).toEqual([place]);
    expect(await knownModels(store, 'default')).toEqual([]);
  });

  it('writes what a further try says again only once', async () => {
    const store = createFolderStore(dir);
    const first = await addModelEvent(store, event('SHA256:1'));
    expect(await addModelEvent(store, event('SHA256:1', { at: '2027-01-01T00:00:00.000Z' }))).toEqual(first);
    await addModelEvent(store, event('SHA256:2'));
    expect(await addModelEvent(store, event('SHA256:1'))).toMatchObject({ number: 3 });
  });

  it('refuses a document that is no entry', async () => {
    const store = createFolderStore(dir);
    await store.putNamed('models/default/m/1', Buffer.from('{"schema":"other"}'));
    const read = readModelEvents(store, { connection: 'default', model: 'm' });
    await expect(read).rejects.toMatchObject({ code: 'ArtifactCorrupt' });
  });

  it('knows what should be published, what was before, and where the bytes of each are', () => {
    const [A, B] = ['SHA256:a', 'SHA256:b'];
    const events = [event(A), event(B), event(A, { event: 'rolled back' })].map((one, index) => {
      return { ...one, schema: 'maskloop.model/1' as const, number: index + 1 };
    });
    expect(currentModel(events)).toBe(A);
    expect(previousModel(events, A)).toBe(B);
    expect(previousModel(events, 'SHA256:somebody-elses')).toBe(A);
    expect(previousModel(events.slice(0, 1), A)).toBeNull();
    expect(fileOfModel(events, B)).toEqual(FILE);
    expect([fileOfModel(events, 'SHA256:c'), currentModel([])]).toEqual([null, null]);
  });
});
