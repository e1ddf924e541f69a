import { describe, expect, it } from '@jest/globals';
import { iterationId, receiptName } from '../../../src/contracts/ids.ts';
import { takePlace } from '../../../src/receipts/chain.ts';
import { pointsMemory, readPoints } from '../../../src/stopping/read-points.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import { ARTIFACT } from '../../kit/fake-refs.ts';
import { iterationInput } from '../../kit/iteration-input.ts';
import { sampleReceipt } from '../operations/sample-receipt.ts';
import { temporaryFolders } from '../storage/temporary-folder.ts';

const emptyFolder = temporaryFolders();
const PLACE = { connection: 'default', project: 'SurgVU' };
const LOOP = { ...PLACE, name: 'vessels' };

/** Writes the link of an iteration of the loop, and its receipt. */
async function finish(store: ArtifactStore, number: number, withReceipt = true): Promise<() => Promise<void>> {
  const task = `Iteration_${number}`;
  const id = iterationId({ ...PLACE, task });
  const loop = { name: 'vessels', number, policy: ARTIFACT, selection: null };
  const input = { ...iterationInput({ ...PLACE, task }), loop };
  const bytes = Buffer.from(JSON.stringify({ ...sampleReceipt(), id, input }));
  const receipt = await store.put(bytes);
  const link = { schema: 'maskloop.link/1', number, id, firstRunId: 'r', previous: null, receipt } as const;
  await takePlace(store, PLACE, link);
  const write = async (): Promise<void> => store.putNamed(receiptName(id), bytes);
  if (withReceipt) await write();
  return write;
}

/** A store that counts documents that are read. */
async function countingStore() {
  const store = createFolderStore(await emptyFolder());
  const read: string[] = [];
  const getNamed = async (name: string) => {
    read.push(name);
    return store.getNamed(name);
  };
  return { store, counting: { ...store, getNamed }, read: () => read.splice(0).length };
}

const numbersOf = (points: Awaited<ReturnType<typeof readPoints>>): readonly number[] =>
  points.map(({ number }) => number);

describe('the points of a learning curve that is asked for again and again', () => {
  it('are read once, and each new one when it is there', async () => {
    const { store, counting, read } = await countingStore();
    const memory = pointsMemory();
    for (const number of [1, 2, 3]) await finish(store, number);
    const first = await readPoints(counting, LOOP, memory);
    expect([numbersOf(first), read()]).toEqual([[1, 2, 3], 6]);
    expect(await readPoints(counting, LOOP, memory)).toEqual(first);
    expect(read()).toBe(0);
    await finish(store, 4);
    expect([numbersOf(await readPoints(counting, LOOP, memory)), read()]).toEqual([[1, 2, 3, 4], 2]);
    expect(await readPoints(counting, LOOP)).toEqual(await readPoints(counting, LOOP, memory));
  });

  it('have one more once the receipt of a link is written', async () => {
    const { store, counting } = await countingStore();
    const memory = pointsMemory();
    await finish(store, 1);
    const write = await finish(store, 2, false);
    expect(numbersOf(await readPoints(counting, LOOP, memory))).toEqual([1]);
    await write();
    expect(numbersOf(await readPoints(counting, LOOP, memory))).toEqual([1, 2]);
  });

  it('are those of the loop that is asked for, whichever was asked for before', async () => {
    const { store, counting } = await countingStore();
    const memory = pointsMemory();
    await finish(store, 1);
    expect(await readPoints(counting, { ...PLACE, name: 'another' }, memory)).toEqual([]);
    expect(numbersOf(await readPoints(counting, LOOP, memory))).toEqual([1]);
  });
});
