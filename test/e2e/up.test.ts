import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lookUpProcess } from '../../src/cli/up/process-table.ts';
import { connectTemporal } from '../../src/operations/connect.ts';
import { createOperations } from '../../src/operations/operations.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import { iterationInput } from '../kit/iteration-input.ts';
import { freePort } from '../kit/temporal/free-port.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

let folder = '';
let port = 0;
const running: ChildProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-up-'));
  port = await freePort();
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  const left = await serverPid().catch(() => null);
  if (left !== null) process.kill(left, 'SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

interface Up {
  readonly child: ChildProcess;
  readonly text: () => string;
  readonly ended: Promise<number | null>;
}

/** Starts `up` and waits for its first sign of readiness, or for its end. */
async function up(): Promise<Up> {
  const words = [PROGRAM, 'up', '--state', folder, '--port', String(port)];
  const settings = {
    HOME: folder,
    CVAT_URL: 'http://127.0.0.1:9',
    CVAT_TOKEN: 'none',
    MASKLOOP_STORE: `${folder}/store`,
  };
  const env = { PATH: process.env['PATH'], TEMPORAL_CLI_PATH: process.env['TEMPORAL_CLI_PATH'], ...settings };
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  let text = '';
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
        if (text.includes('in a browser')) resolve();
      });
    }
  });
  await Promise.race([ready, ended]);
  return { child, text: () => text, ended };
}

async function serverPid(): Promise<number> {
  const record = JSON.parse(await readFile(path.join(folder, 'server.json'), 'utf8')) as { server: number };
  return record.server;
}

async function runningIds(): Promise<readonly string[]> {
  const address = `127.0.0.1:${port}`;
  const { client, close } = await connectTemporal({ address, namespace: 'default', connectionOptions: {} });
  try {
    const operations = createOperations({ client, store: createFolderStore(path.join(folder, 'store')) });
    if ((await operations.list()).length === 0) await operations.start({ input: iterationInput(), again: false });
    return (await operations.list()).map(({ id }) => id);
  } finally {
    await close();
  }
}

describe('maskloop up', () => {
  it('keeps iterations over a kill, ends the server it left behind, and ends everything on Ctrl-C', async () => {
    const first = await up();
    expect(first.text()).toContain(`127.0.0.1:${port}`);
    const [, pages = ''] =
      /Open (http:\/\/127\.0\.0\.1:\d+) in a browser; nobody on this machine needs a login/.exec(first.text()) ?? [];
    expect((await fetch(`${pages}/healthz`)).status).toBe(200);
    while ((await runningIds()).length === 0);
    const firstServer = await serverPid();

    const second = await up();
    expect(await second.ended).toBe(1);
    expect(second.text()).toMatch(/^error StateInUse: [^]*--state/);

    first.child.kill('SIGKILL');
    await first.ended;
    expect(await lookUpProcess(firstServer)).not.toBeNull();

    const third = await up();
    expect(third.text()).toContain(`process ${firstServer}`);
    expect(await lookUpProcess(firstServer)).toBeNull();
    expect(await runningIds()).toEqual(['SurgVU/Iteration_1']);

    const server = await serverPid();
    third.child.kill('SIGINT');
    expect(await third.ended).toBe(0);
    expect(await lookUpProcess(server)).toBeNull();
  }, 240_000);

  it('ends the worker and says so when the server dies', async () => {
    const { text, ended } = await up();
    process.kill(await serverPid(), 'SIGKILL');
    expect(await ended).toBe(1);
    expect(text()).toContain("Temporal's server ended (SIGKILL); the worker was stopped.");
  }, 240_000);
});
