import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changesBy } from '../../../src/activities/training-set/changes-by.ts';
import { withFrames, withPutBack } from '../../../src/activities/training-set/with-frames.ts';
import { writeAmendment } from '../../../src/activities/training-set/write-amendment.ts';
import type { TrainedFrame, TrainingOrigin, TrainingSet } from '../../../src/contracts/training-set.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';

const EMPTY: TrainingSet = { frames: [], origins: {}, approved: [] };
const REF = { uri: 'store:sha256/aa/aa', sha256: 'aa', bytes: 1 };
const place = { connection: 'default', project: 'P', taskId: 7, images: null, model: 'm' };
const ORIGIN: TrainingOrigin = { ...place, indexOf: {}, categoryOf: {}, heldOut: [] };

function frame(imageId: string): TrainedFrame {
  return { imageId, by: 'P/T', name: imageId, frame: 0, imageSha256: 'cc', label: REF, submitted: REF };
}

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-changes-'));
});
afterEach(async () => rm(dir, { recursive: true }));

describe('what an iteration has changed', () => {
  it('is what all its tries took out or put back, without what is there again', async () => {
    const store = createFolderStore(dir);
    const first = withFrames(EMPTY, 'P/T', { ...ORIGIN, removed: ['b', 'a'] }, []);
    expect(await changesBy(store, 'P/T', first)).toEqual({ removed: 2 });
    const noted = withPutBack(withPutBack(first, 'P/T', ['x', 'y']), 'P/T', ['y']);
    const second = withFrames(noted, 'P/T', { ...ORIGIN, removed: ['c'] }, [frame('a')]);
    expect(second.origins['P/T']).toMatchObject({ removed: ['b', 'c'], putBack: ['x', 'y'] });
    expect(await changesBy(store, 'P/T', second)).toEqual({ removed: 2, putBack: 2 });
    expect(await changesBy(store, 'P/other', second)).toEqual({});
  });

  it('names ten of its amendments, and keeps all of them in a list', async () => {
    const store = createFolderStore(dir);
    const ids = Array.from({ length: 12 }, (_, index) => `P/T~${index + 2}`);
    const amended = { by: 'P/T', frames: [{ imageId: 'a', name: 'a', before: 'aa', after: null }] };
    for (const id of ids) await writeAmendment(store, { ...amended, id, seal: null });
    // What comes of a task that was sealed anew for it is told as a correction.
    await writeAmendment(store, { ...amended, id: 'P/U', seal: REF });
    await writeAmendment(store, { ...amended, id: 'P/U', by: 'P/V', seal: null });
    const origins = Object.fromEntries([...ids, 'P/T', 'P/U'].map((id) => [id, ORIGIN]));
    const elsewhere = { ...ORIGIN, project: 'Q' };
    const changes = await changesBy(store, 'P/T', { ...EMPTY, origins: { ...origins, 'Q/T': elsewhere } });
    expect(changes.amendments).toHaveLength(10);
    expect(changes.allAmendments?.count).toBe(12);
    const all: unknown = JSON.parse(Buffer.from(await store.get(changes.allAmendments!.list)).toString('utf8'));
    expect((all as { id: string }[]).map(({ id }) => id)).toEqual(ids);
  });
});
