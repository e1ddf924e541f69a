/** Measures a page of the list over many receipts, from a cold start and again and again. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pageAfter } from '../src/operations/lists/cursor.ts';
import { matchesFilter } from '../src/operations/lists/listed-iteration.ts';
import { receiptSummaries } from '../src/operations/lists/receipt-summaries.ts';
import { createFolderStore } from '../src/storage/folder-store.ts';
import { writeReceipts } from '../test/kit/many-receipts.ts';

const COUNT = 10_000;
const TIMES = 20;
const folder = await mkdtemp(path.join(tmpdir(), 'maskloop-bench-lists-'));

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

try {
  writeReceipts(folder, COUNT);
  const summaries = receiptSummaries(createFolderStore(folder));
  const page = async () => {
    const rows = (await summaries.read()).filter((row) => matchesFilter(row, { person: 'person 3' }));
    return pageAfter(rows, undefined, 50);
  };
  const cold = await timed(page);
  const warm: number[] = [];
  for (let times = 0; times < TIMES; times += 1) warm.push(await timed(page));
  const [fastest = 0] = warm.toSorted((a, b) => a - b);
  const median = warm.toSorted((a, b) => a - b)[TIMES / 2] ?? 0;
  const mebibytes = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
  process.stdout.write(`${COUNT} receipts: the first page ${Math.round(cold)} ms, `);
  process.stdout.write(`later ones ${median.toFixed(1)} ms (median of ${TIMES}, fastest ${fastest.toFixed(1)}); `);
  process.stdout.write(`heap ${mebibytes} MiB\n`);
} finally {
  await rm(folder, { recursive: true });
}
