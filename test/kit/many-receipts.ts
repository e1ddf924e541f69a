import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { receiptName } from '../../src/contracts/ids.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';
import { documentPath } from '../../src/storage/document-path.ts';
import { sampleReceipt } from '../unit/operations/sample-receipt.ts';
import { iterationInput } from './iteration-input.ts';

const MINUTE_MS = 60_000;

type Made = ReturnType<typeof sampleReceipt>;

/** Receipts of finished iterations: `count` of them in 20 projects of two connections, a minute apart. */
function manyReceipts(count: number): readonly Made[] {
  const plain = sampleReceipt();
  return Array.from({ length: count }, (_, index) => {
    const project = `P${index % 20}`;
    const connection = index % 10 === 0 ? 'north' : 'default';
    const task = `T${index}`;
    const id = `${connection === 'default' ? '' : 'north/'}${project}/${task}`;
    const startedAt = new Date(Date.UTC(2025, 0, 1) + index * MINUTE_MS).toISOString();
    const input = iterationInput({ connection, project, task, people: [`person ${index % 8}`] });
    return { ...plain, id, startedAt, endedAt: startedAt, input };
  });
}

/** Puts them into a folder store. */
export function writeReceipts(storeFolder: string, count: number): void {
  const receipts = manyReceipts(count);
  const placeOf = (id: string): string => path.join(storeFolder, 'named', ...documentPath(receiptName(id)));
  for (const folder of new Set(receipts.map(({ id }) => path.dirname(placeOf(id))))) {
    mkdirSync(folder, { recursive: true });
  }
  for (const receipt of receipts) writeFileSync(placeOf(receipt.id), JSON.stringify(receipt));
}

/** A store that has them besides what it holds: to write as many files takes longer than all that is done with them. */
export function withReceipts(store: ArtifactStore, count: number): ArtifactStore {
  const named = new Map(manyReceipts(count).map((one) => [receiptName(one.id), Buffer.from(JSON.stringify(one))]));
  const names = [...named.keys()].toSorted();
  return {
    ...store,
    getNamed: async (name) => named.get(name) ?? store.getNamed(name),
    listNamed: async (prefix) => {
      const found = [...names.filter((name) => name.startsWith(prefix)), ...(await store.listNamed(prefix))];
      return [...new Set(found)].toSorted();
    },
  };
}
