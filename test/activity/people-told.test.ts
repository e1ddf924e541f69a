import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLeftServers } from '../../src/activities/notices/left-servers.ts';
import type { NoticeOptions } from '../../src/contracts/notice.ts';
import { writeSnooze } from '../../src/notify/people/snooze.ts';
import { beginEpisode } from '../../src/notify/servers/episodes.ts';
import { noteHearers } from '../../src/notify/servers/tell-back.ts';
import { createMailbox, NOTICES } from '../kit/notices/office.ts';
import { openPeopleSite, type PeopleSite } from '../kit/people-site.ts';
import { change, completed, pending } from './situations.ts';

const HOUR = 3_600_000;
const LADDER: NoticeOptions['ladder'] = [
  { beforeMs: 72 * HOUR, whom: 'assignee' },
  { beforeMs: 24 * HOUR, whom: 'assignee' },
  { beforeMs: 24 * HOUR, whom: 'reviewer' },
  { beforeMs: -1 * HOUR, whom: 'lead' },
];
const STARTED = '2026-01-01T00:00:00.000Z';

const mailbox = createMailbox();
let site: PeopleSite;
let ids = 0;
beforeAll(async () => {
  site = await openPeopleSite('2.73.0', { office: (store) => mailbox.open(store) });
});
afterAll(async () => site.close());
beforeEach(() => mailbox.clear());

/** What a poll says with the deadline so many hours from now; the deadlines differ by a minute from test to test. */
function inHours(hours: number): { readonly deadline: string; readonly startedAt: string } {
  ids += 1;
  return { deadline: new Date(Date.now() + hours * HOUR - ids * 1000).toISOString(), startedAt: STARTED };
}

function give(index: number, assignee: string | null, stage: 'annotation' | 'validation' = 'annotation') {
  return { assignee: assignee === null ? null : site.person(assignee), stage, state: 'new' as const, index };
}

async function assign(...jobs: readonly ReturnType<typeof give>[]): Promise<void> {
  for (const { index, assignee, ...rest } of jobs) {
    await site.cvat.updateJob(site.jobs[index] ?? 0, { assignee, ...rest });
  }
}

describe('a poll that tells people', () => {
  it('tells that CVAT answers again, as soon as it reads an answer', async () => {
    const since = new Date(Date.now() - 5 * HOUR).toISOString();
    const server = { connection: 'default', name: 'CVAT' } as const;
    const episode = await beginEpisode(site.store, server, { since, at: since });
    if (episode === null) throw new Error('no episode began');
    await noteHearers(site.store, server, episode, NOTICES);
    await site.poll({}, { ...NOTICES, kinds: [] });
    expect(mailbox.said()).toEqual(['server-back lena']);
    expect(mailbox.sent[0]?.text).toContain('it was away for 5 hours');
  });

  it('is not needed for a server that answers and that nobody waits for any more', async () => {
    let nowMs = Date.now();
    const { cvat, monai, store } = site;
    const connect = () => ({ cvat, monai, trainer: null });
    const round = createLeftServers({ connect, store, office: mailbox.open(store), now: () => nowMs });
    const { signal } = new AbortController();
    for (const name of ['CVAT', 'MONAI Label'] as const) {
      const since = new Date(nowMs + HOUR).toISOString();
      const episode = await beginEpisode(store, { connection: 'default', name }, { since, at: since });
      if (episode === null) throw new Error('no episode began');
      await noteHearers(store, { connection: 'default', name }, episode, NOTICES);
    }
    await round(signal);
    nowMs += 19 * 60_000;
    await round(signal);
    expect(mailbox.said()).toEqual([]);
    nowMs += 60_000;
    await round(signal);
    await round(signal);
    expect(mailbox.said()).toEqual(['server-back lena', 'server-back lena']);
  });

  it('tells each of their jobs once, also those who get them later, and that nobody has some', async () => {
    await assign(give(0, 'ana'), give(1, null));
    expect(await site.poll({}, NOTICES)).toMatchObject(pending('0 of 2 jobs'));
    expect(mailbox.said()).toEqual(['task-ready', 'task-ready ana']);
    expect(mailbox.sent.find(({ whom }) => whom[0] === 'ana')?.text).toBe(
      `SurgVU / Iteration_1 is ready: 1 job (2 frames) with ana.\n${site.task.url}`,
    );
    await site.poll({}, NOTICES);
    expect(mailbox.sent).toHaveLength(2);
    await assign(give(1, 'ben'));
    await site.poll({}, NOTICES);
    expect(mailbox.said()).toEqual(['task-ready', 'task-ready ana', 'task-ready ben']);
  });

  it('climbs the ladder: whoever has open jobs is reminded at each rung, once', async () => {
    await assign(give(0, 'ana'), give(1, 'rita', 'validation'));
    const terms = inHours(30);
    const options = { ...NOTICES, ladder: LADDER, kinds: ['reminder'] as const };
    await site.poll(terms, options);
    await site.poll(terms, options);
    expect(mailbox.said()).toEqual(['reminder ana']);
    expect(mailbox.sent[0]?.text).toContain('Open: 1 job, 2 frames.');
    mailbox.clear();
    await site.poll(inHours(20), options);
    expect(mailbox.said()).toEqual(['reminder ana', 'reminder rita']);
    mailbox.clear();
    await site.poll({ ...inHours(-2), policy: 'wait' }, options);
    expect(mailbox.said()).toEqual(['reminder ana', 'reminder lena', 'reminder rita']);
    expect(mailbox.sent.find(({ whom }) => whom[0] === 'lena')?.text).toMatch(
      /Open: ana 1 job, 2 frames; rita 1 job, 2 frames\.[^]*maskloop extend SurgVU\/Iteration_1 --by 2d/,
    );
  });

  it('reminds nobody while it is snoozed, and of the rung that is reached afterwards', async () => {
    await assign(give(0, 'ana'), give(1, 'ben'));
    const options = { ...NOTICES, ladder: LADDER, kinds: ['reminder'] as const };
    const terms = inHours(20);
    const until = new Date(Date.now() + HOUR).toISOString();
    await writeSnooze(site.store, site.id, { until, by: 'lena', at: STARTED });
    await site.poll(terms, options);
    expect(mailbox.said()).toEqual([]);
    await writeSnooze(site.store, site.id, { until: STARTED, by: 'lena', at: STARTED });
    await site.poll(terms, options);
    expect(mailbox.said()).toEqual(['reminder ana', 'reminder ben']);
  });

  it('reminds nobody outside of working hours', async () => {
    const tomorrow = ((new Date().getUTCDay() + 7) % 7) + 1;
    const workingHours = { from: '00:00', to: '23:59', days: [tomorrow], timeZone: 'UTC' };
    const options = { ...NOTICES, ladder: LADDER, workingHours };
    await site.poll(inHours(20), options);
    expect(mailbox.said()).toEqual([]);
  });

  it.each([
    ['attention', 'It waits for a decision'],
    ['continue', 'It goes on with the completed jobs.'],
  ] as const)('tells the leads that the deadline has passed under the policy %s', async (policy, next) => {
    await change(site, completed, { state: 'in progress' });
    await site.poll({ ...inHours(-1), policy }, { ...NOTICES, kinds: ['deadline'] });
    expect(mailbox.said()).toEqual(['deadline lena']);
    expect(mailbox.sent[0]?.text).toContain(next);
  });

  it('goes on where nothing can be said', async () => {
    const broken = await openPeopleSite('2.73.0', {
      office: () => ({
        tell: async () => Promise.reject(new Error('no')),
        sendDue: async () => undefined,
      }),
    });
    expect(await broken.poll({}, NOTICES)).toMatchObject(pending('0 of 2 jobs'));
    await broken.close();
  });
});
