import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { LoopPolicy, LoopStatus } from '../../../src/contracts/loop.ts';
import { loopFileOf } from '../../../src/server/loop-file-of-policy.ts';
import { readLoopFile } from '../../../src/loop-file/read-loop-file.ts';
import { storePolicy } from '../../../src/loop-file/policy/stored-policy.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { contentRef, hashInAddress } from '../../../src/storage/content-address.ts';
import { EXAMPLE, exampleFolder, LEAST } from './example.ts';
import { sourcesIn } from './sources.ts';

let folder = '';
afterEach(async () => rm(folder, { recursive: true, force: true }));

/** The policy of a text, what is written of it, and the policy of that. */
async function thereAndBack(text: string): Promise<{ before: LoopPolicy; after: LoopPolicy; text: string }> {
  folder = await exampleFolder(text);
  const store = openStore(path.join(folder, 'store'));
  const labels = Buffer.from('[{"id":1,"name":"instrument"},{"id":2,"name":"liver"}]');
  const sources = {
    ...sourcesIn(folder),
    projectCategories: async () => ({ categories: await store.put(labels), names: ['instrument', 'liver'] }),
  };
  const file = path.join(folder, 'maskloop.yaml');
  await writeFile(path.join(folder, 'colours.txt'), 'liver:0,255,0::\ninstrument:255,0,0::\n');
  await writeFile(path.join(folder, 'held-out.txt'), 'video_1/1.png\n');
  const before = await readLoopFile(file, sources);
  const status = { policy: await storePolicy(store, before), edited: null } as unknown as LoopStatus;
  const written = await loopFileOf(store, status);
  expect(written).toMatchObject({ policy: status.policy.sha256, isEdited: false, unsaid: [] });
  await writeFile(file, written.text);
  const readFile = async (what: string, given: string): Promise<Uint8Array> => {
    const sha256 = hashInAddress(given);
    return sha256 === null ? sources.readFile(what, given) : store.get(contentRef(sha256, 0));
  };
  const after = await readLoopFile(file, { ...sources, readFile });
  return { before, after, text: written.text };
}

const WAYS: Readonly<Record<string, string>> = {
  'the whole example': EXAMPLE,
  'the least that can be said': LEAST,
  'labels of the project': LEAST.replace('categories.json', 'cvat'),
  'a pool that does not grow, and a first model': LEAST.replace(
    '{ images: frames }',
    '{ images: frames, grows: false }',
  ).concat('masks: { first: predict }\nexistingTasks: skip\npace: schedule\nconnection: north\ntaskName: "T {n}"\n'),
  'the images of the trainer': LEAST.replace('images: frames', 'images: datastore'),
  'masks in colour': `${LEAST}masks: { first: masks, labelMap: colours.txt, unknown: skip, instances: components }\n`,
  'a share held out, none, and floors by class': LEAST.replace(
    'model: segmentation',
    'model: segmentation, heldOut: 0, gate: ask, gateFloor: { liver: 0.25 }, maxEpochs: 3',
  ),
  'one floor': LEAST.replace('model: segmentation', 'model: segmentation, gateFloor: 0.5'),
  'a list of held-out frames': LEAST.replace('model: segmentation', 'model: segmentation, heldOut: held-out.txt'),
  'a folder of held-out frames': LEAST.replace(
    'model: segmentation',
    'model: segmentation, heldOutImages: frames, heldOutMasks: masks',
  ),
  'a held-out task': LEAST.replace('model: segmentation', 'model: segmentation, heldOutTask: Test set'),
  'ground truth of each task': LEAST.replace('model: segmentation', 'model: segmentation, heldOut: ground-truth'),
  'ground truth of one task': LEAST.replace(
    'model: segmentation',
    'model: segmentation, heldOut: ground-truth, heldOutTask: Test set',
  ),
  'more time, and a review of those most changed': `${LEAST}cvat: { deadline: 36h, atDeadline: extend, extendBy: 90m, extendTimes: 3, review: [rita], reviewMostChanged: 3, completeWhen: fraction=0.9, quiet: 0s, poll: 1.5s }\n`,
  'a review of all, and acceptance': `${LEAST}cvat: { deadline: 1d, atDeadline: carry, review: [rita], completeWhen: acceptance, people: none }\n`,
  'single rules': `${LEAST}stop: { corrections: { below: 0.1 }, budget: { time: 90m, action: note }, emptyPool: { action: ask } }\n`,
  'notices without people': `${LEAST}notify: { channels: [webhook], kinds: [], remind: [], leads: [] }\n`,
  'notices on certain days': `${LEAST}notify: { channels: [email], remind: [{ after: 0s, whom: lead }], workingHours: { from: "08:00", to: "12:30", days: [sun, mon], timeZone: UTC } }\n`,
  'names that YAML would take for something else': LEAST.replace('name: loop', 'name: "1e3"')
    .replace('project: P', 'project: "yes: #no"')
    .replace('size: 5', 'size: 5, seed: 0x10, strategy: "33.3% random, 66.7% diverse", thinning: 0'),
};

describe('the file that is written of a policy', () => {
  it.each(Object.keys(WAYS))('comes to the same policy again: %s', async (way) => {
    const { before, after } = await thereAndBack(WAYS[way] ?? '');
    expect(after).toEqual(before);
  });

  it('says no more than it has to', async () => {
    const { text } = await thereAndBack(LEAST);
    expect(text.replaceAll(/(categories|images): .*/g, '$1: …')).toBe(
      'name: loop\nproject: P\ncategories: …\npool:\n  images: …\nbatch:\n  size: 5\ntraining:\n  model: segmentation\n',
    );
  });

  it('says which part of a policy cannot be told by a file', async () => {
    folder = await exampleFolder(LEAST);
    const store = openStore(path.join(folder, 'store'));
    const policy = await readLoopFile(path.join(folder, 'maskloop.yaml'), sourcesIn(folder));
    const twice = {
      ...policy,
      stop: [
        { rule: 'empty-pool', action: 'ask' },
        { rule: 'empty-pool', action: 'stop' },
      ] as const,
    };
    const ref = await storePolicy(store, twice);
    const {
      unsaid,
      isEdited,
      policy: of,
    } = await loopFileOf(store, { policy: ref, edited: ref } as unknown as LoopStatus);
    expect({ unsaid, isEdited, of }).toEqual({ unsaid: ['stop'], isEdited: true, of: ref.sha256 });
  });
});
