import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_RULES } from '../../src/contracts/conversion.ts';
import { receiptName } from '../../src/contracts/ids.ts';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import { storePolicy } from '../../src/loop-file/policy/stored-policy.ts';
import { readLoopFile } from '../../src/loop-file/read-loop-file.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import { openLoopSite, type LoopSite } from '../kit/loop-site.ts';

let site: LoopSite;
let dir: string;
let loops = 0;
beforeAll(async () => {
  site = await openLoopSite({ frames: 6 });
  dir = await mkdtemp(join(tmpdir(), 'maskloop-file-to-iteration-'));
  await writeFile(join(dir, 'categories.json'), '[{"id":1,"name":"instrument"}]');
  await writeFile(join(dir, 'held_out.txt'), 'frame_1.png\n');
  // What another task was sealed with: a frame that is none of the pool.
  const label = await site.store.put(Buffer.from('mask'));
  const frame = { name: 'elsewhere.png', frame: 0, width: 1, height: 1, label, labelledPixels: 1 };
  const manifest = await site.store.put(Buffer.from(JSON.stringify({ categories: [], frames: [frame] })));
  const receipt = { input: { images: null }, results: { task: { taskId: 9 }, labels: { manifest } } };
  await site.store.putNamed(receiptName('P/Checked'), Buffer.from(JSON.stringify(receipt)));
});
afterAll(async () => {
  await site.close();
  await rm(dir, { recursive: true, force: true });
});

interface Said {
  readonly training?: string;
  /** Further sections, a line each. */
  readonly rest?: string;
}

/** A file of a loop over the frames of the site, under a name of its own. */
async function loopOf({ training = '', rest = '' }: Said): Promise<(number: number) => Promise<IterationInput>> {
  loops += 1;
  const name = `loop_${loops}`;
  const text = `name: ${name}
project: P
taskName: "${name}_{n}"
categories: categories.json
pool: { images: ${site.scenes.imagesDir} }
batch: { size: 2, strategy: random }
training: { model: segmentation${training} }
${rest}`;
  const file = join(dir, 'maskloop.yaml');
  await writeFile(file, text);
  const read = await readLoopFile(file, {
    readFile: (_, path) => readFile(path),
    putArtifact: (content) => site.store.put(content),
    describeFolder: (_, path) => describeFolder(path),
    projectCategories: async () => ({ categories: await site.store.put(Buffer.from('[]')), names: null }),
  });
  const policy = await storePolicy(site.store, read);
  const loop = { name, connection: 'default', project: 'P', policy };
  return async (number) => {
    const args = { loop, policy, number };
    const selection = await site.runLoop('selectSamples', args);
    expect(selection.frames).toBe(2);
    const next = await site.runLoop('prepareIteration', { ...args, selection });
    if (next.kind !== 'start') throw new Error(`it is ${next.kind}`);
    expect(next.input.images).toEqual(selection.images);
    expect(next.input.loop).toEqual({ name, number, policy, selection: selection.list });
    return next.input;
  };
}

/** What a file that says nothing comes to. */
async function plain(): Promise<Partial<IterationInput>> {
  return {
    connection: 'default',
    project: 'P',
    task: `loop_${loops}_1`,
    suffix: '',
    masks: null,
    fromScratch: true,
    share: null,
    categories: await site.store.put(await readFile(join(dir, 'categories.json'))),
    conversion: { rules: DEFAULT_RULES, shardSize: 500 },
    createProject: false,
    syncLabels: false,
    people: [],
    segmentSize: null,
    completion: { rule: 'state', pollMs: 60_000 },
    seal: { quietMs: 60_000 },
    tellPeople: 'names',
    timing: {
      heartbeatTimeoutMs: 30_000,
      unreachableAfterMs: 900_000,
      importStuckAfterMs: 1_800_000,
      stalledAfterMs: 1_800_000,
    },
    training: { model: 'segmentation', maxEpochs: null, heldOutFraction: 0.2 },
  };
}

/** Expects the whole input to be that of the plain file but for these parts. */
async function expectInput({ images: _, loop: __, ...input }: IterationInput, changes: Partial<IterationInput>) {
  expect(input).toEqual({ ...(await plain()), ...changes });
}

const MODEL = { model: 'segmentation', maxEpochs: null } as const;

describe('the first iteration that a file comes to', () => {
  it('has the defaults where the file says nothing, and its share of held-out frames', async () => {
    await expectInput(await (await loopOf({}))(1), {});
    const training = { ...MODEL, heldOutFraction: 0.3 };
    await expectInput(await (await loopOf({ training: ', heldOut: 0.3' }))(1), { training });
  });

  it('is the task of held-out frames, on which the others are measured once it is sealed', async () => {
    const inputAt = await loopOf({ training: ', heldOutFrames: 2, gate: ask' });
    const gate = { policy: 'ask', floors: { all: null, classes: {} } } as const;
    await expectInput(await inputAt(0), { task: `loop_${loops}_held_out`, training: null });
    await expectInput(await inputAt(1), { training: { ...MODEL, heldOutFraction: 0.2, gate } });
    await site.store.putNamed(receiptName(`P/loop_${loops}_held_out`), Buffer.from('{}'));
    const heldOut = { kind: 'task', task: `loop_${loops}_held_out` } as const;
    await expectInput(await inputAt(1), { training: { ...MODEL, heldOutFraction: 0, heldOut, gate } });
  });

  it('is measured as well where the task of held-out frames was skipped', async () => {
    const inputAt = await loopOf({ training: ', heldOutFrames: 2' });
    await expectInput(await inputAt(1), {});
  });

  it('is measured on what the file names elsewhere', async () => {
    const list = await site.store.put(await readFile(join(dir, 'held_out.txt')));
    const [images, masks] = [await describeFolder(site.scenes.imagesDir), await describeFolder(site.scenes.truthDir)];
    const others = await mkdtemp(join(tmpdir(), 'maskloop-held-out-'));
    await writeFile(join(others, 'elsewhere.png'), 'another image');
    const folder = { kind: 'folder', images: await describeFolder(others), masks } as const;
    expect(images.files).toBe(6);
    const ways = [
      [', heldOut: held_out.txt', { kind: 'names', list }],
      [', heldOut: ground-truth', { kind: 'ground-truth', task: null }],
      [', heldOut: ground-truth, heldOutTask: Checked', { kind: 'ground-truth', task: 'Checked' }],
      [', heldOutTask: Checked', { kind: 'task', task: 'Checked' }],
      [`, heldOutImages: ${others}, heldOutMasks: ${site.scenes.truthDir}`, folder],
    ] as const;
    for (const [training, heldOut] of ways) {
      const input = await (await loopOf({ training }))(1);
      await expectInput(input, { training: { ...MODEL, heldOutFraction: 0, heldOut } });
    }
    await rm(others, { recursive: true, force: true });
  });

  it('has what the file says of people, of time, and of what they begin with', async () => {
    const rest = `cvat: { assign: [anna], review: [rita], segmentSize: 1, completeWhen: acceptance, quiet: 10m, deadline: 2d, atDeadline: continue }
masks: { first: predict, minArea: 9, instances: components }
notify: { channels: [slack] }`;
    const before = Date.now();
    const { completion, notices, ...input } = await (await loopOf({ rest }))(1);
    const { completion: _, fromScratch: __, ...others } = await plain();
    const { images: ___, loop: ____, ...found } = input;
    expect(found).toEqual({
      ...others,
      predict: { model: 'segmentation' },
      conversion: { rules: { ...DEFAULT_RULES, components: { connectivity: 8, minArea: 9 } }, shardSize: 500 },
      people: ['anna'],
      segmentSize: 1,
      review: { reviewers: ['rita'], pick: { kind: 'all' } },
      seal: { quietMs: 600_000 },
    });
    expect(completion).toEqual({
      rule: 'acceptance',
      pollMs: 60_000,
      deadline: { at: expect.any(String), afterMs: 172_800_000, policy: 'continue' },
    });
    expect(Date.parse(completion.deadline?.at ?? '') - before).toBeGreaterThanOrEqual(172_800_000);
    expect(notices?.channels).toEqual(['slack']);
  });
});
