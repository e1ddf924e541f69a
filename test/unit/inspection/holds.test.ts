import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { writeHold } from '../../../src/holds/holds.ts';
import { inspectHolds } from '../../../src/inspection/holds.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';

it('tells of a server that is held by the code of a hold, by which pages know what is shown elsewhere', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'maskloop-held-'));
  const [at, until] = [0, 3_600_000].map((ms) => new Date(Date.now() + ms).toISOString());
  const why = { note: 'new disks', by: 'ana', at: at ?? '', until: until ?? '' };
  await writeHold(createFolderStore(folder), { connection: 'north', server: 'cvat', ...why });
  const store = folder;
  const [group, ...others] = await inspectHolds({ store }, { connections: null });
  expect(others).toEqual([]);
  expect(group).toMatchObject({ shownTo: ['north'], findings: [{ level: 'warning', code: 'OnHold' }] });
  expect(await inspectHolds({ store }, { connections: ['south'] })).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});
