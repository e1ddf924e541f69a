import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeSource } from '../../src/dataset/store-source.ts';
import { writeDataset } from '../../src/dataset/write-dataset.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';

/**
 * SHA-256 of the label that the dataset of a project has of a frame, whatever its part; null for none.
 *
 * @param stem `{task}/{frame}` without an extension
 */
export async function labelOfDataset(store: ArtifactStore, project: string, stem: string): Promise<string | null> {
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-label-of-dataset-'));
  try {
    const { signal } = new AbortController();
    await writeDataset(storeSource(store), { given: project, dir, images: null, asLinks: false, signal });
    const sums = (await readFile(join(dir, 'SHA256SUMS'), 'utf8')).split('\n');
    const own = sums.find((line) => line.includes('  masks/') && line.endsWith(`/${stem}.png`));
    return own?.slice(0, 64) ?? null;
  } finally {
    await rm(dir, { recursive: true });
  }
}
