import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listFolder } from '../../../../src/activities/looks/list-folder.ts';
import { referToFolder } from '../../../../src/activities/looks/refer-to-folder.ts';
import type { FolderListing } from '../../../../src/contracts/offered-folder.ts';
import { describeFolder } from '../../../../src/storage/folder-digest.ts';

const { signal } = new AbortController();
let dir = '';
let roots: readonly string[] = [];
const at = (...parts: readonly string[]): string => path.join(dir, ...parts);
const list = async (place: string, from = 0, limit = 200): Promise<FolderListing> =>
  listFolder({ kind: 'folder', roots, path: place, from, limit });
const refer = async (place: string) => referToFolder({ kind: 'reference', roots, path: place }, signal);

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'maskloop-roots-'));
  await mkdir(at('data', 'masks', 'video 1'), { recursive: true });
  await mkdir(at('data', 'masks', '.thumbnails'));
  await mkdir(at('data-of-others'));
  await writeFile(at('data', 'masks', 'b.png'), 'b');
  await writeFile(at('data', 'masks', 'a.PNG'), 'aa');
  await writeFile(at('data', 'masks', 'c.jpg'), 'ccc');
  await writeFile(at('data', 'masks', 'notes.txt'), '');
  await writeFile(at('data', 'masks', '.hidden.png'), 'h');
  await writeFile(at('data', 'masks', 'video 1', 'd.png'), 'd');
  await writeFile(at('data-of-others', 'secret.png'), 's');
  await mkdir(at('data', 'linked'));
  await symlink(at('data-of-others'), at('data', 'linked', 'out'));
  await symlink(at('data-of-others', 'secret.png'), at('data', 'linked', 'out.png'));
  await symlink(at('nowhere'), at('data', 'linked', 'nowhere'));
  await symlink('../masks', at('data', 'linked', 'masks'));
  await symlink('../masks/b.png', at('data', 'linked', 'b.png'));
  await mkdir(at('data', 'inside'));
  await symlink('../masks', at('data', 'inside', 'masks'));
  roots = [at('data')];
});
afterAll(async () => rm(dir, { recursive: true, force: true }));

describe('an offered folder', () => {
  it('is listed with folders first, what each holds, and nothing that is hidden', async () => {
    expect(await list(at('data', 'masks'))).toEqual({
      path: at('data', 'masks'),
      counts: { folders: 1, files: 4, pngs: 2, images: 3 },
      leftOut: 0,
      entries: [
        { kind: 'folder', name: 'video 1', counts: { folders: 0, files: 1, pngs: 1, images: 1 } },
        { kind: 'file', name: 'a.PNG', bytes: 2 },
        { kind: 'file', name: 'b.png', bytes: 1 },
        { kind: 'file', name: 'c.jpg', bytes: 3 },
        { kind: 'file', name: 'notes.txt', bytes: 0 },
      ],
    });
  });

  it('is told page by page', async () => {
    const names = async (from: number): Promise<readonly string[]> =>
      (await list(at('data', 'masks'), from, 2)).entries.map(({ name }) => name);
    expect([await names(0), await names(2), await names(4), await names(6)]).toEqual([
      ['video 1', 'a.PNG'],
      ['b.png', 'c.jpg'],
      ['notes.txt'],
      [],
    ]);
  });

  it('shows links that stay inside as what they lead to, and only counts those that lead out', async () => {
    expect(await list(at('data', 'linked'))).toMatchObject({
      leftOut: 3,
      entries: [
        { kind: 'folder', name: 'masks', counts: { files: 4 } },
        { kind: 'file', name: 'b.png', bytes: 1 },
      ],
    });
  });

  it('is not left by a name, by a neighbour whose name begins alike, nor through a link', async () => {
    for (const place of [
      at('data', '..'),
      at('data', '..', 'data-of-others'),
      at('data-of-others'),
      at('data', 'linked', 'out'),
      `${at('data')}/../data-of-others`,
      '/etc',
    ]) {
      await expect(list(place)).rejects.toMatchObject({ code: 'FolderNotOffered' });
      await expect(refer(place)).rejects.toMatchObject({ code: 'FolderNotOffered' });
    }
  });

  it('that is not there is told as such, but outside not even that', async () => {
    await expect(list(at('data', 'none'))).rejects.toMatchObject({ code: 'UnreadableFile' });
    await expect(list(at('none'))).rejects.toMatchObject({ code: 'FolderNotOffered' });
  });

  it('may be a link itself', async () => {
    await symlink(at('data'), at('offered'));
    const listed = await listFolder({
      kind: 'folder',
      roots: [at('offered')],
      path: at('offered', 'masks'),
      from: 0,
      limit: 1,
    });
    expect(listed.counts.files).toBe(4);
  });

  it('is referred to as the command line does it, with what lies further below', async () => {
    const folder = await refer(at('data', 'masks'));
    expect(folder).toEqual(await describeFolder(at('data', 'masks')));
    expect(folder.files).toBe(5);
    expect((await refer(at('data', 'inside'))).files).toBe(5);
  });

  it('is refused where a link further below leads out, since it would be followed', async () => {
    await rm(at('data', 'linked', 'nowhere'));
    await expect(refer(at('data', 'linked'))).rejects.toMatchObject({ code: 'FolderNotOffered' });
    await expect(refer(at('data'))).rejects.toMatchObject({ code: 'FolderNotOffered' });
  });
});
