import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { receiptName } from '../../src/contracts/ids.ts';
import { documentPath } from '../../src/storage/document-path.ts';
import { sampleReceipt } from '../unit/operations/sample-receipt.ts';
import { iterationInput } from './iteration-input.ts';

const MINUTE_MS = 60_000;

/** Puts receipts of finished iterations into a folder store: `count` of them in 20 projects of two connections, a minute apart. */
export function writeReceipts(storeFolder: string, count: number): void {
  const plain = sampleReceipt();
  const receipts = Array.from({ length: count }, (_, index) => {
    const project = `P${index % 20}`;
    const connection = index % 10 === 0 ? 'north' : 'default';
    const task = `T${index}`;
    const id = `${connection === 'default' ? '' : 'north/'}${project}/${task}`;
    const startedAt = new Date(Date.UTC(2025, 0, 1) + index * MINUTE_MS).toISOString();
    const input = iterationInput({ connection, project, task, people: [`person ${index % 8}`] });
    return { ...plain, id, startedAt, endedAt: startedAt, input };
  });
  const placeOf = (id: string): string => path.join(storeFolder, 'named', ...documentPath(receiptName(id)));
  for (const folder of new Set(receipts.map(({ id }) => path.dirname(placeOf(id))))) {
    mkdirSync(folder, { recursive: true });
  }
  for (const receipt of receipts) writeFileSync(placeOf(receipt.id), JSON.stringify(receipt));
}
