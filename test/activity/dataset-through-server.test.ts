import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readLabels } from '../../src/activities/read-manifest.ts';
import { throughServer } from '../../src/api-client/through-server.ts';
import { readMask } from '../../src/coco/read-mask.ts';
import { writeMask } from '../../src/coco/write-mask.ts';
import { forgottenName, tombstoneName } from '../../src/contracts/ids.ts';
import type { LabelManifest } from '../../src/contracts/manifests.ts';
import { storeSource } from '../../src/dataset/store-source.ts';
import { writeDataset, type DatasetRequest } from '../../src/dataset/write-dataset.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import { openContents } from '../../src/storage/open-contents.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { openApiSite, TOKENS, type ApiSite } from '../kit/api-site.ts';
import { recordIteration, recordReceipt } from '../kit/recorded-iteration.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

let site: ActivitySite;
let server: ApiSite;
/** Hashes of the files that somebody fetched, in their order. */
const fetched: string[] = [];
/** A folder of this machine with the frames that are in the store. */
let frames = '';

beforeAll(async () => {
  site = await openActivitySite({ frames: 5, inStore: true });
  const results = await recordIteration(site);
  await site.closeServers();
  if (results.labels === undefined || results.task === undefined) throw new Error('nothing was sealed');
  // Another round has one frame only, in other values, and one frame was forgotten since.
  const labels = await readLabels(site.store, results.labels.manifest);
  const [frame, lost] = labels.frames;
  if (frame === undefined || lost === undefined) throw new Error('no frames');
  const corrected = readMask(await site.store.get(frame.label), frame.name);
  corrected.values.fill(0).fill(9, 0, 10);
  const label = await site.store.put(writeMask(corrected));
  const manifest: LabelManifest = { categories: [{ id: 9, name: 'fat' }], frames: [{ ...frame, label }] };
  const changed = { ...results.labels, manifest: await site.store.put(Buffer.from(JSON.stringify(manifest))) };
  const categories = await site.store.put(Buffer.from('[{"id":9,"name":"fat"},{"id":1,"name":"new class"}]'));
  const again = { id: `${site.id}~2`, input: { ...site.input, categories, training: null } };
  await recordReceipt(site, { task: results.task, labels: changed }, again);
  await site.store.putNamed(tombstoneName('b'.repeat(64)), Buffer.from('{}'));
  await site.store.putNamed(forgottenName(site.input, lost.name), Buffer.from('{}'));
  // The frames of another iteration were in a folder, and nobody has trained on them.
  frames = await mkdtemp(join(tmpdir(), 'maskloop-frames-'));
  const images = await openContents(site.store, site.input.images!);
  for (const name of images.names) await writeFile(join(frames, name), await images.read(name));
  const inPlace = { ...site.input, project: 'Other', images: await describeFolder(frames), training: null };
  await recordReceipt(site, { task: results.task, labels: results.labels }, { id: 'Other/T', input: inPlace });

  const store: ArtifactStore = {
    ...site.store,
    open: async (ref) => {
      fetched.push(ref.sha256);
      return site.store.open(ref);
    },
  };
  server = await openApiSite({}, { store });
}, 240_000);
afterAll(async () => {
  await server.close();
  await site.close();
  await rm(frames, { recursive: true });
});

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-dataset-'));
  fetched.length = 0;
});
afterEach(async () => rm(dir, { recursive: true }));

const requestOf = (changes: Partial<DatasetRequest>): DatasetRequest => ({
  given: 'SurgVU',
  dir: join(dir, 'through'),
  images: null,
  asLinks: false,
  signal: new AbortController().signal,
  ...changes,
});

const through = (changes: Partial<DatasetRequest> = {}, token: string = TOKENS.operator) => {
  const request = requestOf(changes);
  const remote = throughServer({ url: server.url, token: { read: () => token }, user: 'tester' });
  return writeDataset(remote.dataset(request.signal), request);
};

const here = (changes: Partial<DatasetRequest> = {}) =>
  writeDataset(storeSource(site.store), requestOf({ dir: join(dir, 'here'), ...changes }));

/** Every file of a folder with its content. */
async function treeOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = files
    .toSorted()
    .map(async (file) => [file.slice(folder.length), await readFile(file, 'hex')] as const);
  return Object.fromEntries<string>(await Promise.all(contents));
}

describe('a dataset through a server', () => {
  it('is byte for byte the one that is written where the store is', async () => {
    const seen: number[] = [];
    const written = await through({ onProgress: ({ done }) => void seen.push(done) });
    expect(written).toEqual(await here());
    expect(written).toMatchObject({ receipts: 2, forgotten: 1, missing: [] });
    expect(seen).toEqual([1, 2, 3, 4]);
    const tree = await treeOf(join(dir, 'through'));
    expect(tree).toEqual(await treeOf(join(dir, 'here')));
    expect(Object.keys(tree)).toHaveLength(5 + 2 * 4);
  });

  it('is the same where a process writes it with MASKLOOP_URL and no store', async () => {
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: dir,
      MASKLOOP_URL: server.url,
      TEMPORAL_ADDRESS: '127.0.0.1:1',
    };
    const words = [PROGRAM, 'dataset', 'SurgVU', '--out', 'through'];
    const run = (token: string) =>
      new Promise<{ readonly error: unknown; readonly stdout: string; readonly stderr: string }>((resolve) => {
        const options = { cwd: dir, env: { ...env, MASKLOOP_TOKEN: token } };
        execFile(process.execPath, words, options, (error, stdout, stderr) => resolve({ error, stdout, stderr }));
      });
    const refused = await run(TOKENS.lead);
    expect(refused.stderr).toContain('AccessDenied: lead has the role lead; this needs operator.');
    const { error, stdout } = await run(TOKENS.operator);
    expect(error).toBeNull();
    expect(stdout).toMatch(/receipts +2\n/);
    await here();
    expect(await treeOf(join(dir, 'through'))).toEqual(await treeOf(join(dir, 'here')));
  });

  it('goes on after a break with what is not there yet, and a further time fetches no file of it', async () => {
    const broken = new AbortController();
    const onProgress = () => broken.abort(new Error('Ctrl-C'));
    await expect(through({ signal: broken.signal, onProgress })).rejects.toThrow('Ctrl-C');
    expect(Object.keys(await treeOf(join(dir, 'through'))).filter((path) => path.endsWith('.tmp'))).toEqual([]);
    await through();
    await here();
    expect(await treeOf(join(dir, 'through'))).toEqual(await treeOf(join(dir, 'here')));
    const [mask = ''] = await readdir(join(dir, 'through', 'masks', 'training', 'Iteration_1'));
    const image = join(dir, 'through', 'images', 'training', 'Iteration_1', mask);
    fetched.length = 0;
    await through();
    const again = new Set(fetched);
    await rm(image);
    fetched.length = 0;
    await through();
    expect(fetched.filter((sha256) => !again.has(sha256))).toHaveLength(1);
    expect(await treeOf(join(dir, 'through'))).toEqual(await treeOf(join(dir, 'here')));
  });

  it('takes no bytes of another hash', async () => {
    const images = await openContents(site.store, site.input.images!);
    const path = await images.pathOf(images.names[4] ?? '');
    const content = await readFile(path);
    await writeFile(path, 'damaged');
    try {
      await expect(through()).rejects.toMatchObject({ code: 'ServerUnreachable' });
    } finally {
      await writeFile(path, content);
    }
    await through();
    await here();
    expect(await treeOf(join(dir, 'through'))).toEqual(await treeOf(join(dir, 'here')));
  });

  it('is for operators of all connections', async () => {
    await expect(through({}, TOKENS.viewer)).rejects.toMatchObject({ code: 'AccessDenied' });
    await expect(through({}, TOKENS.north)).rejects.toMatchObject({
      code: 'AccessDenied',
      message: 'north may not see all connections, which this is about.',
    });
    expect(await readdir(dir)).toEqual([]);
  });

  it('knows the projects that the server knows', async () => {
    await expect(through({ given: 'Surg' })).rejects.toMatchObject({
      code: 'IterationNotFound',
      facts: { known: ['Other', 'SurgVU'] },
    });
  });
});

describe('images in a folder of the machine of the workers', () => {
  it('are taken where this machine has the same folder', async () => {
    const written = await through({ given: 'Other' });
    expect(written).toEqual(await here({ given: 'Other' }));
    expect(written.missing).toEqual([]);
    expect(await treeOf(join(dir, 'through'))).toEqual(await treeOf(join(dir, 'here')));
  });

  it('are not taken from a folder that only has the same path, and told as missing', async () => {
    const [name = ''] = await readdir(frames);
    const content = await readFile(join(frames, name));
    await writeFile(join(frames, name), 'the frame of somebody else');
    try {
      const { missing } = await through({ given: 'Other' });
      expect(missing.map(({ why }) => why)).toEqual(Array.from({ length: 5 }, () => 'another image'));
    } finally {
      await writeFile(join(frames, name), content);
    }
  });

  it('are taken from the folder that is named, where this machine has none', async () => {
    const moved = `${frames}-moved`;
    await rename(frames, moved);
    try {
      expect((await through({ given: 'Other' })).missing).toMatchObject([{ why: 'not found' }, {}, {}, {}, {}]);
      expect((await through({ given: 'Other', images: moved })).missing).toEqual([]);
      await here({ given: 'Other', images: moved });
      expect(await treeOf(join(dir, 'through'))).toEqual(await treeOf(join(dir, 'here')));
    } finally {
      await rename(moved, frames);
    }
  });
});
