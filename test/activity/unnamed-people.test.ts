import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PeopleSetting } from '../../src/contracts/comparison.ts';
import { iterationId } from '../../src/contracts/ids.ts';
import { addUser } from '../../src/sandbox/cvat/state/users.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { completeJobs } from '../kit/annotate.ts';
import { recordReceipt } from '../kit/recorded-iteration.ts';

const NAMES = ['ana-the-annotator', 'ben-the-annotator', 'rita-the-reviewer', 'carl-the-latecomer'];
const [ANA = '', BEN = '', RITA = '', CARL = ''] = NAMES;

let site: ActivitySite;
beforeAll(async () => {
  site = await openActivitySite();
  for (const username of NAMES) addUser(site.sandbox.state, { username, password: 'maskloop' });
});
afterAll(async () => site.close());

/** An iteration that gives its jobs to two people, from the upload to the receipt. */
async function finish(task: string, tellPeople: PeopleSetting): Promise<void> {
  const more = { byMs: 60_000, times: 1, people: [CARL], last: 'attention' } as const;
  const deadline = { at: '2030-01-01T00:00:00.000Z', afterMs: null, policy: 'reassign', more } as const;
  const review = { reviewers: [RITA], pick: { kind: 'share', share: 0 } } as const;
  const completion = { ...site.input.completion, deadline };
  const input = { ...site.input, task, tellPeople, people: [ANA, BEN], review, completion, training: null };
  const own = { id: iterationId(input), input };
  const dataset = await site.convert(input);
  const made = await site.run('ensureTask', own);
  const at = { ...own, task: made };
  const guard = await site.run('guardTask', { ...at, dataset });
  const imported = await site.run('importPreannotations', { ...at, dataset, guard });
  const people = await site.run('findPeople', own);
  const assignment = await site.run('assignJobs', { ...at, people });
  expect(assignment.people.map(({ username }) => username)).toEqual([ANA, BEN]);
  await completeJobs(site, made.taskId);
  const seal = await site.run('sealLabels', at);
  const labels = await site.run('exportLabels', { ...at, seal });
  const comparison = await site.run('compareLabels', { ...own, dataset, imported, seal });
  const origins = await site.run('countOrigins', { ...own, seal });
  await recordReceipt(site, { task: made, assignment, seal, labels, comparison, origins }, own);
}

/** What of the store names whom; the native copies that are put back as they were are not among what is handed on. */
async function naming(task: string): Promise<readonly string[]> {
  const root = site.store.address;
  const found: string[] = [];
  const backups = new Set(await backedUp(task));
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || path.includes('/named/backups/') || backups.has(entry.name)) continue;
    const text = await readFile(path, 'latin1');
    if (NAMES.some((name) => text.includes(name))) found.push(path.slice(root.length));
  }
  return found;
}

/** Hashes of the documents that backups are stored as. */
async function backedUp(task: string): Promise<readonly string[]> {
  const names = await site.store.listNamed(`backups/SurgVU/${task}`);
  const documents = await Promise.all(names.map(async (name) => site.store.getNamed(name)));
  return Promise.all(documents.map(async (bytes) => (await site.store.put(bytes ?? Buffer.of())).sha256));
}

describe('an iteration that is not to name people', () => {
  it.each(['pseudonyms', 'none'] as const)(
    'leaves no annotator and no reviewer in seal, labels, comparison and receipt (%s)',
    async (setting) => {
      await finish(setting, setting);
      expect(await naming(setting)).toEqual([]);
    },
  );

  it('would be found out: with names the same documents have them', async () => {
    await finish('named', 'names');
    expect((await naming('named')).length).toBeGreaterThanOrEqual(4);
  });
});
