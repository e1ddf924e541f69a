import { describe, expect, it } from '@jest/globals';
import type { FindingGroup } from '../../../../src/server/api/api-parts.ts';
import { openApiSite, TOKENS } from '../../../kit/api-site.ts';

describe('a look at the system', () => {
  const groups: readonly FindingGroup[] = [
    { title: 'Configuration', findings: [] },
    { title: 'Worker', findings: [], shownTo: 'everybody' },
    { title: 'CVAT north', findings: [], shownTo: ['north'] },
    { title: 'CVAT south', findings: [], shownTo: ['south'] },
    { title: 'Held servers', findings: [], shownTo: ['north', 'south'] },
  ];
  const asked: unknown[] = [];
  const look = async (token: string, query = '') => {
    const own = await openApiSite(
      {},
      {
        inspect: async (wanted) => {
          asked.push(wanted.connections);
          return groups;
        },
      },
    );
    const { status, json } = await own.ask(token, 'GET', `/api/v1/system${query}`);
    const mended = await own.ask(token, 'POST', '/api/v1/system/mend', { body: { connection: null, project: null } });
    await own.close();
    return [status, (json as { groups?: FindingGroup[] }).groups?.map(({ title }) => title), mended.status];
  };

  it('shows workers and the servers of his connections to somebody who does not see all, and lets him mend nothing', async () => {
    asked.length = 0;
    expect(await look(TOKENS.north)).toEqual([200, ['Worker', 'CVAT north'], 403]);
    expect(await look(TOKENS.north, '?connection=south')).toEqual([403, undefined, 403]);
    expect(asked).toEqual([['north']]);
  });

  it('tells whose servers a group is about, where it is about servers of some', async () => {
    const own = await openApiSite({}, { inspect: async () => groups });
    const { json } = await own.ask(TOKENS.viewer, 'GET', '/api/v1/system');
    await own.close();
    const told = (json as { groups: { connections?: readonly string[] }[] }).groups;
    expect(told.map(({ connections }) => connections)).toEqual([
      undefined,
      undefined,
      ['north'],
      ['south'],
      ['north', 'south'],
    ]);
  });

  it('shows everything to a viewer of all connections, and lets operators alone mend', async () => {
    expect(await look(TOKENS.viewer)).toEqual([200, groups.map(({ title }) => title), 403]);
    expect((await look(TOKENS.operator, '?connection=south')).at(-1)).toBe(200);
    expect(asked.slice(-2)).toEqual([['south'], null]);
  });
});
