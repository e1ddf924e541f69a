import { hostname } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { runCli } from '../../../src/cli/run-cli.ts';
import { fakeTerminal } from './fake-context.ts';

async function check(workflow: readonly string[], ...words: readonly string[]) {
  const terminal = fakeTerminal(
    {},
    { pollers: async () => ({ workflow, activity: [], lastSeen: null, backlog: null }) },
  );
  const code = await runCli(['worker', '--check', ...words], terminal.context);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

describe('worker --check', () => {
  it('finds the worker of this machine, and runs none', async () => {
    const own = `17@${hostname()}`;
    expect(await check([`9@elsewhere`, own])).toEqual({ code: 0, stdout: `${own}\n`, stderr: '' });
  });

  it('fails where only other machines have one', async () => {
    const { code, stderr } = await check([`9@elsewhere`, `9@x${hostname()}`]);
    expect({ code, said: stderr.includes(`No worker of ${hostname()} has asked for work`) }).toEqual({
      code: 1,
      said: true,
    });
  });

  it('prints one JSON document where asked to', async () => {
    const { code, stdout } = await check([], '--json');
    expect({ code, printed: JSON.parse(stdout) as unknown }).toEqual({ code: 1, printed: { workers: [] } });
  });
});
