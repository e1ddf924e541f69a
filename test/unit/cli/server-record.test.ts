import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { takePort } from '../../../src/cli/up/port.ts';
import { lookUpProcess } from '../../../src/cli/up/process-table.ts';
import { endLeftoverServer, forgetServer, recordServer } from '../../../src/cli/up/server-record.ts';
import { databaseFile, temporalArguments } from '../../../src/cli/up/temporal-arguments.ts';
import { startServer } from '../../../src/cli/up/temporal-server.ts';

const NOBODY = 2 ** 22 - 3;

let folder = '';
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-state-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

/** A process that looks like a server on the database, or not. */
async function bystander(argument: string): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)', argument], { stdio: 'ignore' });
  children.push(child);
  await once(child, 'spawn');
  return child.pid ?? 0;
}

async function record(server: number, up: number): Promise<void> {
  await writeFile(path.join(folder, 'server.json'), JSON.stringify({ server, up }));
}

describe('a state folder', () => {
  it('has no leftover server when nothing was recorded, when it is forgotten, and when the process is gone', async () => {
    await expect(endLeftoverServer(folder)).resolves.toBeNull();
    await record(NOBODY, NOBODY);
    await expect(endLeftoverServer(folder)).resolves.toBeNull();
    await recordServer(folder, await bystander(databaseFile(folder)));
    await forgetServer(folder);
    await expect(endLeftoverServer(folder)).resolves.toBeNull();
  });

  it('is refused while the process that started its server lives', async () => {
    await recordServer(folder, await bystander(databaseFile(folder)));
    await expect(endLeftoverServer(folder)).rejects.toMatchObject({
      code: 'StateInUse',
      message: expect.stringContaining(`(process ${process.pid}) runs on ${folder}`),
      action: 'End that one, or name another --state.',
    });
  });

  it('has a server ended that was left behind', async () => {
    const pid = await bystander(databaseFile(folder));
    await record(pid, NOBODY);
    await expect(endLeftoverServer(folder)).resolves.toBe(pid);
    await expect(lookUpProcess(pid)).resolves.toBeNull();
  });

  it('leaves a program alone that was given the same process id later', async () => {
    const pid = await bystander('of-somebody-else');
    await record(pid, NOBODY);
    await expect(endLeftoverServer(folder)).resolves.toBeNull();
    await expect(lookUpProcess(pid)).resolves.toMatchObject({ parent: process.pid });
  });
});

describe('the table of processes', () => {
  it('does not hold a process that has ended, even before its parent has taken note', async () => {
    const child = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    children.push(child);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    await new Promise((resolve) => setTimeout(resolve, 300));
    await expect(lookUpProcess(Number(line.toString('utf8')))).resolves.toBeNull();
    await expect(lookUpProcess(child.pid ?? 0)).resolves.toMatchObject({ parent: process.pid, command: 'sleep 60' });
  });
});

describe('a server process', () => {
  it('keeps its last words and how it ended', async () => {
    const log = path.join(folder, 'log');
    await writeFile(log, 'of an earlier run\n');
    const server = await startServer(process.execPath, ['-e', 'console.log("it broke"); process.exit(3)'], log);
    await expect(server.ended).resolves.toBe('exit code 3');
    await expect(server.lastWords()).resolves.toBe('it broke');
    await server.stop();
  });

  it('is ended by stop', async () => {
    const server = await startServer(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], path.join(folder, 'log'));
    await server.stop();
    await expect(server.ended).resolves.toBe('SIGTERM');
    await expect(lookUpProcess(server.pid)).resolves.toBeNull();
  });

  it('cannot be started from a program that does not exist', async () => {
    await expect(startServer('/nowhere/temporal', [], path.join(folder, 'log'))).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});

describe('ports', () => {
  it('are taken if they are free and refused by number if they are not', async () => {
    const free = await takePort(0);
    expect(free).toBeGreaterThan(0);
    await expect(takePort(free)).resolves.toBe(free);
    const other = createServer().listen(free, '127.0.0.1');
    await once(other, 'listening');
    await expect(takePort(free)).rejects.toMatchObject({ code: 'AddressInUse', facts: { port: free } });
    other.close();
  });
});

describe('arguments of the server', () => {
  it('keep everything in the state folder, and serve a page only if one is wanted', () => {
    const options = { stateFolder: '/s', port: 7300, namespace: 'default', uiPort: null };
    const words = temporalArguments(options);
    expect(words.join(' ')).toContain('--port 7300');
    expect(words.join(' ')).toContain('--db-filename /s/temporal.db');
    expect(words.join(' ')).toContain('--sqlite-pragma journal_mode=wal --sqlite-pragma synchronous=1');
    expect(words).toContain('--headless');
    expect(words).not.toContain('--namespace');
    const served = temporalArguments({ ...options, namespace: 'team', uiPort: 8300 }).join(' ');
    expect(served).toContain('--namespace team');
    expect(served).toContain('--ui-port 8300');
    expect(served).not.toContain('--headless');
  });
});
