import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import { workflowBundle } from '../kit/temporal/bundle.ts';
import { historyFromText } from '../kit/temporal/history-text.ts';
import { quietRuntime } from '../kit/temporal/quiet-runtime.ts';

const FOLDER = fileURLToPath(new URL('../histories/', import.meta.url));

quietRuntime();
const files = await readdir(FOLDER);

async function replay(text: string): Promise<void> {
  const workflowBundleOfToday = await workflowBundle();
  await Worker.runReplayHistory({ workflowBundle: workflowBundleOfToday }, historyFromText(text), 'SurgVU/Iteration_1');
}

describe('a history that an earlier version wrote', () => {
  it('is there at all', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  it.each(files)('%s is replayed by the workflow of today', async (file) => {
    await replay(await readFile(FOLDER + file, 'utf8'));
  });

  it.each(files)('%s is noticed when it does not fit', async (file) => {
    const text = await readFile(FOLDER + file, 'utf8');
    const other = text.replaceAll('"importPreannotations"', '"importSomethingElse"');
    expect(other).not.toBe(text);
    await expect(replay(other)).rejects.toThrow(/[Nn]ondeterminism/);
  });
});
