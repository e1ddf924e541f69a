import { afterEach, describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '../../../../src/api/endpoints/audit.ts';
import { auditLines } from '../../../../src/server/api/audit-lines.ts';
import { MaskloopError } from '../../../../src/contracts/error.ts';
import { openApiSite, TOKENS, type ApiSite } from '../../../kit/api-site.ts';
import { fakeIndex } from '../../../kit/fake-index.ts';
import { ROWS } from '../../../kit/two-connections.ts';

let site: ApiSite;
afterEach(async () => site.close());

/** As many as one request may name, each with a long id. */
const JOBS = Array.from({ length: 200 }, (_, index) => ({
  id: `SurgVU/${'a-task-of-a-long-name-'.repeat(3)}${index}`,
  job: 1000 + index,
}));

const giveAway = async (): Promise<void> => {
  const { status } = await site.ask(TOKENS.lead, 'POST', '/api/v1/jobs/reassign', { body: { jobs: JOBS, to: 'ben' } });
  expect(status).toBe(200);
};

const linesOf = (message: string): Record<string, unknown>[] =>
  site.lines
    .filter((line) => line.startsWith(`${message} {`))
    .map((line) => JSON.parse(line.slice(message.length + 1)) as Record<string, unknown>);

const jobsIn = (lines: readonly Record<string, unknown>[]): unknown[] =>
  lines.flatMap((line) => (line['asked'] as { jobs?: unknown[] } | undefined)?.jobs ?? []);

const failing = async (): Promise<never> => {
  throw new MaskloopError('NoOpenJobs', 'none is open');
};

describe('the audit line of a reassignment of 200 jobs', () => {
  it('says in the store who gave which jobs to whom, from where, and what came of each', async () => {
    site = await openApiSite({}, { looks: { material: failing, picture: failing, jobs: failing } });
    await giveAway();
    const { json } = await site.ask(TOKENS.operator, 'GET', '/api/v1/audit');
    const [entry] = (json as { entries: AuditEntry[] }).entries;
    expect(entry).toMatchObject({ who: 'lead', what: 'reassignJobs', from: '127.0.0.1', status: 200 });
    expect(entry?.asked).toEqual({ jobs: JOBS, to: 'ben' });
    expect(entry?.results).toMatchObject(JOBS.map((job) => ({ ...job, done: false, code: 'NoOpenJobs' })));
  });

  it('stands in full in the log, in lines that no log cuts', async () => {
    site = await openApiSite({}, { looks: { material: failing, picture: failing, jobs: failing } });
    await giveAway();
    const [head] = linesOf('change');
    expect(head).toMatchObject({ who: 'lead', what: 'reassignJobs', from: '127.0.0.1', status: 200 });
    const parts = linesOf('change, continued');
    expect(head?.['parts']).toBe(parts.length);
    expect(parts.map(({ part, at }) => [part, at])).toEqual(parts.map((_, index) => [index + 1, head?.['at']]));
    expect(jobsIn(parts)).toEqual(JOBS);
    expect(parts.flatMap(({ asked }) => (asked as { to?: string } | undefined)?.to ?? [])).toEqual(['ben']);
    expect(parts.flatMap(({ results }) => results ?? [])).toMatchObject(JOBS);
    for (const line of site.lines) expect(line.length).toBeLessThan(8000);
  });

  it('stands in full in the log as well while the store is away, at the level of a warning', async () => {
    const away = { looks: { material: failing, picture: failing, jobs: failing } };
    site = await openApiSite({}, away);
    site.store.createNamed = async () => {
      throw new MaskloopError('StoreUnreachable', 'away');
    };
    await giveAway();
    expect(jobsIn(linesOf('a change could not be written down in the store'))).toEqual(JOBS);
  });
});

describe('the audit line of a bulk change over a filter', () => {
  it('names the iterations that it was done to', async () => {
    site = await openApiSite({ steer: async () => undefined }, { index: fakeIndex({ running: async () => ROWS }) });
    await site.ask(TOKENS.operator, 'POST', '/api/v1/iterations/bulk', { body: { what: 'pause', filter: {} } });
    const [line] = linesOf('change');
    expect(line).toMatchObject({ who: 'operator', asked: { what: 'pause', filter: {} } });
    expect(line?.['results']).toMatchObject(ROWS.map(({ id }) => ({ id, done: true })));
  });
});

describe('a change as lines of a log', () => {
  const entry: AuditEntry = {
    schema: 'maskloop.audit/1',
    at: '2026-03-01T08:00:00.000Z',
    who: 'ana',
    role: 'operator',
    from: '127.0.0.1',
    what: 'editLoop',
    connection: null,
    on: {},
    asked: null,
    status: 200,
    code: null,
  };

  it('loses nothing of a long text, of fields beside it, and of nested lists', async () => {
    site = await openApiSite({});
    const text = Array.from({ length: 3000 }, (_, index) => `line ${index} — ü`).join('\n');
    const lines = auditLines({ ...entry, asked: { text, frames: ['a', 'b'], inner: { list: JOBS, last: true } } });
    const asked = lines.map(
      (line) => line['asked'] as { text?: string; frames?: string[]; inner?: unknown } | undefined,
    );
    expect(asked.map((one) => one?.text ?? '').join('')).toBe(text);
    expect(asked.flatMap((one) => one?.frames ?? [])).toEqual(['a', 'b']);
    const inner = asked.map((one) => one?.inner as { list?: unknown[]; last?: boolean } | undefined);
    expect(inner.flatMap((one) => one?.list ?? [])).toEqual(JOBS);
    expect(inner.filter((one) => one?.last === true)).toHaveLength(1);
    for (const line of lines) expect(JSON.stringify(line).length).toBeLessThan(8000);
  });

  it('is one line where it is short', async () => {
    site = await openApiSite({});
    expect(auditLines({ ...entry, asked: { by: 1 } })).toMatchObject([{ who: 'ana', asked: { by: 1 } }]);
  });
});

describe('the lines that are written down of changes', () => {
  it('say who changed what, on what and from where, and are for operators', async () => {
    const extend = async () => ({ deadline: '2026-03-01T08:00:00.000Z' });
    site = await openApiSite({ extend, steer: async () => undefined });
    await site.ask(TOKENS.lead, 'POST', '/api/v1/iterations/Own%2FT/extend', { body: { until: null, byMs: 1 } });
    await site.ask(TOKENS.operator, 'POST', '/api/v1/iterations/north%2FOwn%2FT/pause');
    const { json } = await site.ask(TOKENS.operator, 'GET', '/api/v1/audit?limit=1000');
    const { entries } = json as { entries: Record<string, unknown>[] };
    expect(entries[0]).toMatchObject({
      who: 'operator',
      role: 'operator',
      what: 'pauseIteration',
      connection: 'north',
      on: { id: 'north/Own/T' },
      from: '127.0.0.1',
      status: 200,
    });
    expect(entries[1]).toMatchObject({ who: 'lead', what: 'extendIteration', asked: { until: null, byMs: 1 } });
    const own = await site.ask(TOKENS.north, 'GET', '/api/v1/audit?limit=1000');
    const seen = (own.json as { entries: { connection: string | null }[] }).entries;
    expect(new Set(seen.map(({ connection }) => connection))).toEqual(new Set(['north']));
    expect(site.lines.filter((line) => line.startsWith('change ')).length).toBeGreaterThanOrEqual(2);
  });
});

describe('what is written down of logins and of what is refused at the door', () => {
  const PAGE = { 'x-maskloop-page': '1' };
  const written = async (): Promise<readonly AuditEntry[]> => {
    const { json } = await site.ask(TOKENS.operator, 'GET', '/api/v1/audit?limit=1000');
    return (json as { entries: AuditEntry[] }).entries;
  };
  const logIn = async (token: string, headers: Readonly<Record<string, string>> = {}) =>
    site.ask(null, 'POST', '/api/v1/session', { body: { token }, headers: { ...PAGE, ...headers } });

  it('names who logs in and out, and never a token', async () => {
    site = await openApiSite({});
    const { headers } = await logIn(TOKENS.lead);
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    await site.ask(null, 'DELETE', '/api/v1/session', { headers: { ...PAGE, cookie } });
    expect(await written()).toMatchObject([
      { what: 'logout', who: 'lead', role: 'lead', status: 200 },
      { what: 'login', who: 'lead', role: 'lead', from: '127.0.0.1', status: 200, asked: null },
    ]);
    expect(JSON.stringify(await written()) + site.lines.join('')).not.toContain(TOKENS.lead);
  });

  it('has no line of a logout of nobody', async () => {
    site = await openApiSite({});
    await site.ask(null, 'DELETE', '/api/v1/session', { headers: PAGE });
    expect(await written()).toEqual([]);
  });

  it('has a line of each login that failed, and counts those that had to wait', async () => {
    site = await openApiSite({});
    for (let times = 0; times < 14; times += 1) await logIn('a-wrong-token-of-somebody');
    const lines = await written();
    expect(lines).toHaveLength(10);
    const line = { what: 'login', who: 'nobody', role: 'none', from: '127.0.0.1', status: 401, code: 'LoginNeeded' };
    for (const one of lines) expect(one).toMatchObject(line);
    expect(linesOf('refused requests of nobody whom the server knows, or too many to write each down')).toHaveLength(1);
    expect(JSON.stringify(lines) + site.lines.join('')).not.toContain('a-wrong-token');
  });

  it('is bounded where logins fail from many addresses', async () => {
    site = await openApiSite({}, {}, ['127.0.0.1']);
    for (let from = 0; from < 70; from += 1) await logIn('wrong', { 'x-forwarded-for': `192.0.2.${from}` });
    expect(await written()).toHaveLength(60);
  });

  it('has who was refused for his role or for a page of elsewhere, but nothing of reads and of strangers', async () => {
    site = await openApiSite({});
    await site.ask(TOKENS.viewer, 'POST', '/api/v1/iterations/P%2FT/pause');
    await site.ask(TOKENS.viewer, 'GET', '/api/v1/audit');
    await site.ask('nobody-has-this-token', 'POST', '/api/v1/iterations/P%2FT/pause');
    const { headers } = await logIn(TOKENS.operator);
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    const foreign = { cookie, ...PAGE, origin: 'https://elsewhere.example' };
    await site.ask(null, 'POST', '/api/v1/iterations/P%2FT/pause', { headers: foreign });
    expect((await written()).filter(({ what }) => what !== 'login')).toMatchObject([
      { what: 'pauseIteration', who: 'operator', connection: 'default', status: 403, code: 'PageForeign' },
      { what: 'pauseIteration', who: 'viewer', role: 'viewer', on: { id: 'P/T' }, status: 403, code: 'AccessDenied' },
    ]);
  });

  it('shows who is limited to connections what he has changed in bulk, and not what others have', async () => {
    site = await openApiSite({ steer: async () => undefined }, { index: fakeIndex({ running: async () => ROWS }) });
    for (const token of [TOKENS.operator, TOKENS.north]) {
      await site.ask(token, 'POST', '/api/v1/iterations/bulk', { body: { what: 'pause', filter: {} } });
    }
    const { json } = await site.ask(TOKENS.north, 'GET', '/api/v1/audit');
    expect(json).toMatchObject({ entries: [{ what: 'steerIterations', who: 'north' }] });
    expect((json as { entries: unknown[] }).entries).toHaveLength(1);
  });
});
