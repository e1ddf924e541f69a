import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DigestRow } from '../../../src/contracts/digest.ts';
import type { NoticeOptions } from '../../../src/contracts/notice.ts';
import { createDigests, digestDay } from '../../../src/notify/digest/send-digests.ts';
import { subscribe, subscribedIds, subscriptionKey } from '../../../src/notify/digest/subscription.ts';
import { beginEpisode } from '../../../src/notify/servers/episodes.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import { createMailbox, NOTICES } from '../../kit/notices/office.ts';

const OPTIONS: NoticeOptions = {
  ...NOTICES,
  digestAt: '08:30',
  workingHours: { from: '09:00', to: '17:00', days: [1, 2, 3, 4, 5], timeZone: 'Europe/Berlin' },
};
const MONDAY = Date.parse('2026-01-12T08:00:00Z');
const { signal } = new AbortController();

function row(task: string, changes: Partial<DigestRow> = {}): DigestRow {
  return {
    id: `SurgVU/${task}`,
    project: 'SurgVU',
    task,
    state: 'running',
    waitingFor: 'people',
    since: '2026-01-10T08:00:00Z',
    detail: null,
    ...changes,
  };
}

let dir: string;
let store: ArtifactStore;
let nowMs: number;
let rows: DigestRow[];
const mailbox = createMailbox();
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-digest-'));
  store = createFolderStore(dir);
  nowMs = MONDAY;
  rows = [];
  mailbox.clear();
});
afterEach(async () => rm(dir, { recursive: true, force: true }));

/** The round of a worker of its own. */
function round(): (signal: AbortSignal) => Promise<void> {
  return createDigests({ store, office: mailbox.open(store, () => nowMs), rows: async () => rows, now: () => nowMs });
}

describe('a digest', () => {
  it('is due from its time on, in the time zone, on working days', () => {
    const due = (iso: string): string | null => digestDay(OPTIONS, Date.parse(iso));
    expect(due('2026-01-12T07:29:00Z')).toBe(null);
    expect(due('2026-01-12T07:30:00Z')).toBe('2026-01-12');
    expect(due('2026-07-13T06:30:00Z')).toBe('2026-07-13');
    expect(due('2026-01-11T12:00:00Z')).toBe(null);
    expect(digestDay({ ...OPTIONS, digestAt: null }, MONDAY)).toBe(null);
  });

  it('tells what waits for whom, for what decision, what is away and what was finished', async () => {
    rows = [
      row('Iteration_1', { state: 'done', waitingFor: 'nothing', since: '2026-01-11T20:00:00Z' }),
      row('Iteration_0', { state: 'done', waitingFor: 'nothing', since: '2026-01-09T20:00:00Z' }),
      row('Iteration_2', { detail: '1 of 4 jobs are completed; open: ana 4 frames' }),
      row('Iteration_3', { waitingFor: 'decision', detail: 'The task is ambiguous.' }),
      row('Iteration_4', { waitingFor: 'machine' }),
      row('Others', { waitingFor: 'decision' }),
    ];
    for (const { id, task } of rows) if (task !== 'Others') await subscribe(store, id, OPTIONS);
    await beginEpisode(
      store,
      { connection: 'default', name: 'CVAT' },
      { since: '2026-01-12T02:00:00Z', at: '2026-01-12T02:00:00Z' },
    );
    await round()(signal);
    expect(mailbox.sent.map(({ text }) => text)).toEqual([
      [
        '2026-01-12',
        'Servers away:',
        '- CVAT (default), for 6 hours',
        'Waiting for a decision:',
        '- SurgVU / Iteration_3, for 2 days: The task is ambiguous.',
        'Waiting for people:',
        '- SurgVU / Iteration_2, for 2 days: 1 of 4 jobs are completed; open: ana 4 frames',
        'Under way:',
        '- SurgVU / Iteration_4, for 2 days',
        'Finished since yesterday:',
        '- SurgVU / Iteration_1',
      ].join('\n'),
    ]);
    expect(await subscribedIds(store, subscriptionKey(OPTIONS))).not.toContain('SurgVU/Iteration_0');
  });

  it('is one a day, whatever number of workers look, and none where there is nothing to tell', async () => {
    rows = [row('Iteration_2')];
    await subscribe(store, 'SurgVU/Iteration_2', OPTIONS);
    const workers = [round(), round(), round()];
    for (let hour = 0; hour < 48; hour += 1) {
      await Promise.all(workers.map((look) => look(signal)));
      nowMs += 3_600_000;
    }
    expect(mailbox.said()).toEqual(['digest lena', 'digest lena']);
    rows = [];
    nowMs += 24 * 3_600_000;
    await workers[0]?.(signal);
    expect(mailbox.sent).toHaveLength(2);
  });

  it('is none on the day on which the first iteration begins after its time', async () => {
    rows = [row('Iteration_2')];
    await subscribe(store, 'SurgVU/Iteration_2', OPTIONS, MONDAY - 60_000);
    await round()(signal);
    expect(mailbox.sent).toEqual([]);
    nowMs += 24 * 3_600_000;
    await round()(signal);
    expect(mailbox.said()).toEqual(['digest lena']);
  });

  it('goes to each team with its own iterations', async () => {
    rows = [row('Iteration_2'), row('Iteration_3')];
    await subscribe(store, 'SurgVU/Iteration_2', OPTIONS);
    await subscribe(store, 'SurgVU/Iteration_3', { ...OPTIONS, leads: ['max'] });
    await round()(signal);
    const told = mailbox.sent.map(({ whom, text }) => `${whom.join()} ${/Iteration_\d/.exec(text)?.[0]}`);
    expect(told.toSorted()).toEqual(['lena Iteration_2', 'max Iteration_3']);
  });
});
