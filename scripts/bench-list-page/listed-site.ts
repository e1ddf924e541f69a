import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pageAfter } from '../../src/operations/lists/cursor.ts';
import type { IterationIndex } from '../../src/operations/lists/iteration-index.ts';
import { matchesFilter } from '../../src/operations/lists/listed-iteration.ts';
import { receiptSummaries } from '../../src/operations/lists/receipt-summaries.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import { openApiSite, type ApiSite } from '../../test/kit/api-site.ts';
import { writeReceipts } from '../../test/kit/many-receipts.ts';

/** A server with its pages over a folder of so many receipts; nothing runs. */
export async function openListedSite(count: number): Promise<ApiSite> {
  const folder = await mkdtemp(path.join(tmpdir(), 'maskloop-bench-list-page-'));
  writeReceipts(folder, count);
  const summaries = receiptSummaries(createFolderStore(folder));
  const index: IterationIndex = {
    page: async ({ filter, limit, cursor, sees }) => {
      const rows = (await summaries.read()).filter((row) => sees(row.connection) && matchesFilter(row, filter));
      const { rows: iterations, next } = pageAfter(rows, cursor, limit);
      return { iterations, next, truncated: false };
    },
    warm: async () => void (await summaries.read()),
    running: async () => [],
    known: () => summaries.read(),
  };
  await index.warm();
  const site = await openApiSite({}, { index });
  return {
    ...site,
    close: async () => {
      await site.close();
      await rm(folder, { recursive: true });
    },
  };
}
