import { describe, expect, it } from '@jest/globals';
import { MaskloopError } from '../../../../src/contracts/error.ts';
import type { LoopOperations } from '../../../../src/operations/loops/loop-operations.ts';
import { openApiSite, TOKENS } from '../../../kit/api-site.ts';
import { fakeIndex } from '../../../kit/fake-index.ts';

const SERVER = { connection: 'north', server: 'cvat' };
const loop = (id: string, connection: string, waitingFor: string) => ({ id, connection, waitingFor });

/** A hold is begun and ended; the ids of those that were woken. */
async function held(list: () => Promise<unknown>, running: () => Promise<unknown> = async () => [{ id: 'north:P/T' }]) {
  const woken: string[] = [];
  const site = await openApiSite(
    {
      loops: { list } as LoopOperations,
      steer: async ({ id, what }) => {
        woken.push(`${what} ${id}`);
        throw new MaskloopError('IterationNotFound', 'It has ended.');
      },
    },
    { index: fakeIndex({ running: running as never }) },
  );
  const until = new Date(Date.now() + 60_000).toISOString();
  await site.ask(TOKENS.north, 'POST', '/api/v1/holds', { body: { ...SERVER, until, note: '' } });
  const { json } = await site.ask(TOKENS.north, 'POST', '/api/v1/holds/end', { body: SERVER });
  await site.close();
  return { json, woken };
}

describe('the end of a hold', () => {
  it('wakes the iterations and loops that wait for a server of that connection, also after one that has ended', async () => {
    const loops = [
      loop('~loop/north:P/l', 'north', 'server'),
      loop('~loop/north:P/m', 'north', 'decision'),
      loop('~loop/P/l', 'default', 'server'),
    ];
    expect(await held(async () => loops)).toEqual({
      json: { wasHeld: true },
      woken: ['wake north:P/T', 'wake ~loop/north:P/l'],
    });
  });

  it('stands where Temporal is away, in which case all look by themselves', async () => {
    const away = async () => {
      throw new MaskloopError('TemporalUnreachable', 'Temporal does not answer.');
    };
    expect(await held(away)).toEqual({ json: { wasHeld: true }, woken: ['wake north:P/T'] });
    expect(await held(away, away)).toEqual({ json: { wasHeld: true }, woken: [] });
  });
});

describe('a hold', () => {
  const statuses = async (connectionNames: () => readonly string[] | null) => {
    const site = await openApiSite({}, { connectionNames });
    const body = { server: 'cvat', until: new Date(Date.now() + 60_000).toISOString(), note: '' };
    const ask = async (connection: string) =>
      site.ask(TOKENS.operator, 'POST', '/api/v1/holds', { body: { ...body, connection } });
    const answers = [await ask('north'), await ask('nroth')];
    const { json } = await site.ask(TOKENS.operator, 'GET', '/api/v1/holds');
    await site.close();
    const codes = answers.map(({ status, text }) => [status, text.includes('ConnectionUnknown')]);
    return { codes, held: (json as { holds: readonly unknown[] }).holds.length };
  };

  it('of a connection that is not configured is refused where the server knows its connections', async () => {
    expect(await statuses(() => ['default', 'north'])).toEqual({
      codes: [
        [204, false],
        [409, true],
      ],
      held: 1,
    });
    expect(await statuses(() => null)).toEqual({
      codes: [
        [204, false],
        [204, false],
      ],
      held: 2,
    });
  });
});
