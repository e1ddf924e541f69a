import { describe, expect, it } from '@jest/globals';
import { runCli } from '../../../src/cli/run-cli.ts';
import type { Hold } from '../../../src/contracts/hold.ts';
import { fakeTerminal } from './fake-context.ts';

const row = (id: string, connection: string, waitingFor: string) => ({
  id,
  state: 'running' as const,
  project: 'P',
  task: id,
  connection,
  step: 'wait',
  waitingFor,
  since: '2026-03-01T08:00:00.000Z',
  startedAt: '2026-03-01T08:00:00.000Z',
});

function terminal() {
  const held: Omit<Hold, 'schema'>[] = [];
  const woken: string[] = [];
  const fake = fakeTerminal(
    {
      hold: async (hold) => void held.push(hold),
      listHolds: async () => held.map((hold) => ({ schema: 'maskloop.hold/1', ...hold })),
      endHold: async () => held.splice(0).length > 0,
    },
    {
      loops: { list: async () => [row('~loop/l', 'default', 'server'), row('~loop/m', 'default', 'machine')] } as never,
      list: async () => [row('a', 'default', 'server'), row('b', 'default', 'people'), row('c', 'north', 'server')],
      resolve: async (given) => given ?? '',
      steer: async ({ id, what }) => void woken.push(`${what} ${id}`),
    },
  );
  const run = async (...words: string[]) => runCli(words, fake.context);
  return { fake, held, woken, run };
}

describe('holding a server', () => {
  it('takes a time or a duration and a note, and is shown until it is ended', async () => {
    const { fake, held, woken, run } = terminal();
    expect(await run('hold', 'cvat', '--until', '3h', '--note', 'it moves')).toBe(0);
    expect(held).toEqual([
      {
        connection: 'default',
        server: 'cvat',
        until: '2026-03-01T13:00:00.000Z',
        note: 'it moves',
        by: 'tester',
        at: '2026-03-01T10:00:00.000Z',
      },
    ]);
    expect(fake.stderr()).toContain('CVAT of default is held until');
    expect(await run('hold')).toBe(0);
    expect(fake.stdout()).toMatch(/CVAT +default +until .* +by tester +it moves/);
    expect(await run('unhold', 'cvat')).toBe(0);
    expect(fake.stderr()).toContain('CVAT of default is held no more');
    expect(woken).toEqual(['wake a', 'wake ~loop/l']);
    await run('hold');
    expect(fake.stderr()).toContain('No server is held.');
  });

  it.each([
    [['hold', 'cvat'], 'Say when it ends'],
    [['hold', 'cvat', '--until', '2026-03-01T09:00:00Z'], '--until has passed'],
    [['hold', 'temporal', '--until', '3h'], 'cvat, monai'],
    [['unhold'], 'missing required argument'],
  ])('is refused as %j', async (words, said) => {
    const { fake, held, run } = terminal();
    expect(await run(...words)).toBe(2);
    expect(fake.stderr()).toContain(said);
    expect(held).toEqual([]);
  });
});

describe('a request to an iteration whose server is held', () => {
  it.each([
    ['cancel', 'a training of the iteration that runs is ended when that is over'],
    ['retry', 'what asks it waits until then'],
  ] as const)('%s says until when it waits', async (what, waits) => {
    const { fake, woken, run } = terminal();
    await run('hold', 'monai', '--until', '3h', '--note', 'new disks');
    expect(await run(what, 'P/T')).toBe(0);
    expect(woken).toEqual([`${what} P/T`]);
    expect(fake.stderr()).toContain(
      `MONAI Label of the connection default is on hold until 2026-03-01T13:00:00.000Z by tester: new disks; ${waits}`,
    );
  });

  it.each([
    ['cancel', 'P/T', 'cvat', 'default'],
    ['pause', 'P/T', 'monai', 'default'],
    ['retry', 'P/T', 'cvat', 'north'],
  ])('%s of %s says nothing of %s of %s, which it does not need', async (what, id, server, connection) => {
    const { fake, run } = terminal();
    await run('hold', server, '--until', '3h', '--connection', connection);
    expect(await run(what, id)).toBe(0);
    expect(fake.stderr()).not.toContain('on hold');
  });

  it('of a connection that this machine does not have is refused, and holds nothing', async () => {
    const held: unknown[] = [];
    const { context, stderr } = fakeTerminal({
      connectionNames: () => ['default', 'north'],
      hold: async (hold) => void held.push(hold),
    });
    expect(await runCli(['hold', 'cvat', '--until', '3h', '--connection', 'nroth'], context)).toBe(2);
    expect([held, stderr()]).toEqual([[], expect.stringContaining('ConnectionUnknown')]);
  });
});
