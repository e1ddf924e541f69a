import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { LoopPolicy } from '../../../src/contracts/loop.ts';
import { parseLoopPolicy, readLoopPolicy, storePolicy } from '../../../src/loop-file/policy/stored-policy.ts';
import { readLoopFile } from '../../../src/loop-file/read-loop-file.ts';
import { describeFolder } from '../../../src/storage/folder-digest.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { EXAMPLE, exampleFolder, LEAST } from './example.ts';
import { sourcesIn } from './sources.ts';

let folder = '';
afterEach(async () => rm(folder, { recursive: true, force: true }));

async function policyOf(text: string): Promise<LoopPolicy> {
  if (folder !== '') await rm(folder, { recursive: true, force: true });
  folder = await exampleFolder(text);
  return readLoopFile(path.join(folder, 'maskloop.yaml'), sourcesIn(folder));
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('the policy that a file comes to', () => {
  it('says all that the example says, with paths relative to the file', async () => {
    const policy = await policyOf(EXAMPLE);
    const masks = await describeFolder(path.join(folder, 'masks'));
    expect(policy).toMatchObject({
      schema: 'maskloop.loop/1',
      name: 'instruments',
      project: 'SurgVU',
      taskName: 'Iteration_{n}',
      categories: { sha256: sha256(await readFile(path.join(folder, 'categories.json'), 'utf8')) },
      pool: { kind: 'folder', uri: pathToFileURL(path.join(folder, 'frames')).href },
      batchSize: 50,
      selection: {
        mixture: [
          { strategy: 'uncertainty', share: 0.7 },
          { strategy: 'random', share: 0.3 },
        ],
        seed: '1',
        uncertainty: 'auto',
        candidates: 500,
        thinning: 0.05,
      },
      firstMasks: { kind: 'folder', masks },
      heldOutTask: { frames: 40 },
      pace: 'continuous',
      minNewFrames: 20,
      existingTasks: 'adopt',
    });
    expect(policy.iteration).toEqual({
      suffix: '_auto',
      conversion: {
        rules: {
          unknown: 'error',
          values: [[255, 1]],
          ignore: [254],
          colours: null,
          components: { connectivity: 8, minArea: 20 },
        },
        shardSize: 500,
      },
      createProject: false,
      syncLabels: true,
      people: ['anna', 'ben'],
      segmentSize: 25,
      completion: { rule: 'state', pollMs: 60_000 },
      deadline: {
        afterMs: 14 * 86_400_000,
        policy: 'reassign',
        more: { byMs: 3 * 86_400_000, times: 2, people: ['ben'], last: 'carry' },
      },
      seal: { quietMs: 600_000 },
      review: { reviewers: ['rita'], pick: { kind: 'share', share: 0.2 } },
      tellPeople: 'pseudonyms',
      training: {
        model: 'segmentation',
        maxEpochs: 50,
        heldOutFraction: 0.2,
        window: { from: '20:00', to: '06:00', timeZone: 'Europe/Berlin' },
        group: 'folder',
        gate: { policy: 'if-better', floors: { all: 0.5, classes: { instrument: 0.6 } } },
      },
      timing: {
        heartbeatTimeoutMs: 30_000,
        unreachableAfterMs: 900_000,
        importStuckAfterMs: 1_800_000,
        stalledAfterMs: 1_800_000,
      },
    });
    expect(policy.stop.map(({ rule, action }) => [rule, action])).toEqual([
      ['plateau', 'ask'],
      ['target', 'ask'],
      ['corrections', 'note'],
      ['budget', 'stop'],
      ['empty-pool', 'stop'],
    ]);
    expect(policy.stop[3]).toMatchObject({ frames: 5000, iterations: 40, days: 180 });
  });

  it('keeps addresses of people in a document of their own, and times around the deadline as signed durations', async () => {
    const policy = await policyOf(EXAMPLE);
    const book = policy.notices?.book;
    if (book == null) throw new Error('the example has addresses');
    expect(policy.notices).toEqual({
      channels: ['slack', 'email'],
      kinds: expect.any(Array),
      leads: ['rita'],
      ladder: [
        { beforeMs: 3 * 86_400_000, whom: 'assignee' },
        { beforeMs: 86_400_000, whom: 'reviewer' },
        { beforeMs: -86_400_000, whom: 'lead' },
      ],
      workingHours: { from: '08:00', to: '18:00', days: [1, 2, 3, 4, 5], timeZone: 'Europe/Berlin' },
      digestAt: '08:30',
      book,
    });
    const stored = JSON.parse(Buffer.from(await openStore(path.join(folder, 'store')).get(book)).toString()) as object;
    expect(stored).toEqual({
      schema: 'maskloop.notices/1',
      people: {
        anna: { email: 'anna@example.org', timeZone: 'Europe/Lisbon' },
        ben: { slack: 'U012AB3CD' },
        rita: { email: 'rita@example.org', slack: 'U045EF6GH' },
      },
      templates: { 'task-ready': { subject: '{about} is ready' } },
    });
    expect(JSON.stringify(policy)).not.toContain('anna@');
  });

  it('is the same from the store, under the same reference whenever it is stored', async () => {
    const policy = await policyOf(EXAMPLE);
    const store = openStore(path.join(folder, 'store'));
    const ref = await storePolicy(store, policy);
    expect(await readLoopPolicy(store, ref)).toEqual(policy);
    const again = await readLoopFile(path.join(folder, 'maskloop.yaml'), sourcesIn(folder));
    expect(await storePolicy(store, again)).toEqual(ref);
    expect(ref.bytes).toBeLessThan(16_384);
  });

  it('is refused from the store where a part of it cannot be used, by the name of the part', async () => {
    const policy = await policyOf(LEAST);
    expect(policy).toEqual(parseLoopPolicy(Buffer.from(JSON.stringify(policy))));
    const broken = { ...policy, iteration: { ...policy.iteration, timing: {} } };
    expect(() => parseLoopPolicy(Buffer.from(JSON.stringify(broken)))).toThrow(
      'at iteration.timing.heartbeatTimeoutMs',
    );
    expect(() => parseLoopPolicy(Buffer.from('no JSON'))).toThrow('cannot be used as a whole');
  });

  it('has defaults that are those of `start`, and is told of nothing', async () => {
    const policy = await policyOf(LEAST);
    expect(policy.firstMasks).toEqual({ kind: 'none' });
    expect(policy.iteration.training).toEqual({ model: 'segmentation', maxEpochs: null, heldOutFraction: 0.2 });
    expect([policy.notices, policy.heldOutTask, policy.stop]).toEqual([null, null, []]);
    expect(policy.selection).toMatchObject({ seed: 'loop', candidates: 50 });
    expect(policy.iteration).not.toHaveProperty('deadline');
  });

  it('takes a pool that does not grow by its hash, and the other places of frames', async () => {
    const still = await policyOf(LEAST.replace('images: frames', 'images: frames, grows: false'));
    expect(still.pool).toEqual({ kind: 'files', images: await describeFolder(path.join(folder, 'frames')) });
    expect((await policyOf(LEAST.replace('images: frames', 'images: datastore'))).pool).toEqual({ kind: 'datastore' });
  });

  it('takes the ground truth jobs of CVAT as held out, of each task or of one', async () => {
    const each = await policyOf(LEAST.replace('segmentation }', 'm, heldOut: ground-truth }'));
    expect(each.iteration.training.heldOut).toEqual({ kind: 'ground-truth', task: null });
    const one = await policyOf(LEAST.replace('segmentation }', 'm, heldOut: ground-truth, heldOutTask: T }'));
    expect(one.iteration.training.heldOut).toEqual({ kind: 'ground-truth', task: 'T' });
    expect(parseLoopPolicy(Buffer.from(JSON.stringify(one)))).toEqual(one);
  });

  it('takes folders of the store by their addresses', async () => {
    const address = `store:sha256/ab/${'ab'.repeat(32)}`;
    folder = await exampleFolder(LEAST.replace('images: frames', `images: "${address}"`));
    const stored = { uri: address, sha256: 'cd', files: 7 };
    const sources = {
      ...sourcesIn(folder),
      describeFolder: async (_: string, given: string) => ({ ...stored, uri: given }),
    };
    const policy = await readLoopFile(path.join(folder, 'maskloop.yaml'), sources);
    expect(policy.pool).toEqual({ kind: 'files', images: stored });
  });

  it('asks for the classes of the project where they are not in a file', async () => {
    const policy = await policyOf(LEAST.replace('categories.json', 'cvat'));
    expect(policy.categories.sha256).toBe(sha256('[]'));
  });

  it('names every file and folder that is not there at once, and a floor of a class that nobody has', async () => {
    const text = EXAMPLE.replace('frames #', 'frams #').replace('first: masks', 'first: categories.json');
    await expect(policyOf(text)).rejects.toMatchObject({
      code: 'InvalidLoopFile',
      facts: {
        problems: [
          { path: 'pool.images', problem: expect.stringMatching(/^names a folder that is not there: .*frams$/) },
          { path: 'masks.first', problem: expect.stringContaining('names a folder that is not there') },
        ],
      },
    });
    await expect(policyOf(EXAMPLE.replace('instrument: 0.6', 'instrumnt: 0.6'))).rejects.toMatchObject({
      facts: { problems: [{ path: 'training.gateFloor.instrumnt', problem: 'is no class of the categories' }] },
    });
  });

  it('refuses names that cannot be parts of ids', async () => {
    const long = 'ü'.repeat(200);
    for (const text of [LEAST.replace('loop', long), `${LEAST}taskName: "${long}_{n}"\n`]) {
      await expect(policyOf(text)).rejects.toMatchObject({ code: 'InvalidName' });
    }
  });

  it('refuses a file that is not there, or is no text', async () => {
    folder = await exampleFolder();
    const file = path.join(folder, 'other.yaml');
    await writeFile(file, Buffer.from([0xff, 0xfe, 0]));
    await expect(readLoopFile(file, sourcesIn(folder))).rejects.toMatchObject({ code: 'UnreadableFile' });
  });
});
