import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { LoopPolicy } from '../../../src/contracts/loop.ts';
import { policyRows } from '../../../src/loop-file/policy/policy-words.ts';
import { readLoopFile } from '../../../src/loop-file/read-loop-file.ts';
import { EXAMPLE, exampleFolder, LEAST } from './example.ts';
import { sourcesIn } from './sources.ts';

let folder = '';
afterEach(async () => rm(folder, { recursive: true, force: true }));

async function policyOf(text: string): Promise<LoopPolicy> {
  if (folder !== '') await rm(folder, { recursive: true, force: true });
  folder = await exampleFolder(text);
  return readLoopFile(path.join(folder, 'maskloop.yaml'), sourcesIn(folder));
}

describe('a policy', () => {
  it('is told in plain words, one thing a row', async () => {
    const rows = new Map(policyRows(await policyOf(EXAMPLE)));
    expect(rows.get('loop')).toBe('instruments, of project "SurgVU" in CVAT, connection default');
    expect(rows.get('chosen by')).toBe(
      '70% uncertainty, 30% random (from: auto); 500 candidates, such as look alike thinned below 0.05; seed 1',
    );
    expect(rows.get('done when')).toBe(
      'every job is completed and nobody has changed one for 10m; after 14d people get 3d more, 2 times, open jobs are given to ben; then it goes on with completed jobs and carries the others',
    );
    expect(rows.get('held out')).toBe('40 frames that people label first, in a task of their own');
    expect(rows.get('published')).toBe('if it is better; least Dice: instrument 0.6, every other class 0.5');
    expect(rows.get('stop: budget')).toBe('5000 frames, or 40 iterations, or 180 days are used up: it stops');
    expect(rows.get('reminded')).toContain(
      'assignee 3d before the deadline, reviewer 1d before the deadline, lead 1d after',
    );
    const least = new Map(policyRows(await policyOf(LEAST)));
    expect(least.get('stop: empty-pool')).toBe('nothing is left to choose: it stops');
    expect(least.get('told of')).toBe('nothing: nobody is told');
  });
});
