import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createAwaitLogin } from '../../src/activities/await-login.ts';
import { loadWorkerConfig } from '../../src/config.ts';
import { SANDBOX_ADMIN, startSandboxCvat, type SandboxCvat } from '../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import { connectionClients } from '../../src/worker/connections.ts';
import { inThisThread } from '../../src/coco/mask-batches.ts';
import { quietEnvironment } from '../kit/activity-site.ts';
import { startGateway, type Gateway } from '../kit/gateway.ts';
import { iterationInput } from '../kit/iteration-input.ts';

let folder = '';
let sandbox: SandboxCvat;
let gateway: Gateway;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-login-'));
  sandbox = await startSandboxCvat();
  gateway = await startGateway(sandbox.url);
});
afterEach(async () => {
  await gateway.close();
  await sandbox.close();
  await rm(folder, { recursive: true });
});

const write = async (name: string, text: string): Promise<void> => writeFile(path.join(folder, name), text);

/** The activity over clients as a worker makes them, whose login and headers stand in files. */
function worker() {
  const env = {
    HOME: folder,
    CVAT_URL: gateway.url,
    CVAT_USERNAME: SANDBOX_ADMIN.username,
    CVAT_PASSWORD_FILE: path.join(folder, 'password'),
    CVAT_HEADERS_FILE: path.join(folder, 'headers'),
  };
  const { connect } = connectionClients(loadWorkerConfig(env).connections);
  const store = createFolderStore(folder);
  const awaitLogin = createAwaitLogin({ connect, store, masks: inThisThread, installation: null, version: '0' });
  const input = iterationInput();
  return { cvat: connect('default').cvat, look: async () => quietEnvironment().run(awaitLogin, { id: 'P/T', input }) };
}

describe('a login whose file changes after it was refused', () => {
  const logins = () => sandbox.log.count({ server: 'cvat', method: 'POST', path: /login/ });

  it('is taken over without a restart, and the refused one is not sent again before', async () => {
    await write('headers', 'x-gate: open\n');
    await write('password', 'wrong\n');
    const { cvat, look } = worker();
    await expect(cvat.findProject('P')).rejects.toMatchObject({ code: 'CvatLoginRefused' });
    for (let times = 0; times < 5; times += 1) {
      await expect(look()).rejects.toMatchObject({ type: 'LoginPending', nonRetryable: false });
    }
    expect(logins()).toBe(1);
    await rm(path.join(folder, 'password'));
    await expect(look()).rejects.toMatchObject({ type: 'LoginPending' });
    await write('password', `${SANDBOX_ADMIN.password}\n`);
    await look();
    expect(await cvat.findProject('P')).toBeNull();
    expect(logins()).toBe(2);
  });

  it('counts as changed when the header for a gateway has changed', async () => {
    await write('headers', 'x-gate: shut\n');
    await write('password', SANDBOX_ADMIN.password);
    const { cvat, look } = worker();
    await expect(cvat.findProject('P')).rejects.toMatchObject({ code: 'CvatLoginRefused' });
    await expect(look()).rejects.toMatchObject({ type: 'LoginPending' });
    await write('headers', 'x-gate: open\n');
    await look();
    expect(await cvat.findProject('P')).toBeNull();
  });

  it('is tried by a worker that has not seen it refused', async () => {
    await write('headers', 'x-gate: open\n');
    await write('password', SANDBOX_ADMIN.password);
    await worker().look();
    expect(logins()).toBe(1);
  });
});
