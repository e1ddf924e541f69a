import { createServer, type Server, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkCvat } from '../../../src/checks/check-cvat.ts';
import type { Finding } from '../../../src/contracts/doctor.ts';
import { createCvat } from '../../../src/cvat/client.ts';
import type { CvatCredentials } from '../../../src/cvat/credentials.ts';
import { SANDBOX_ADMIN, startSandboxCvat, type SandboxCvat } from '../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { startFaults } from '../../../src/sandbox/faults/start-faults.ts';
import { at, talk } from '../../kit/talk.ts';

const admin: CvatCredentials = { kind: 'password', ...SANDBOX_ADMIN };
const levels = (findings: readonly Finding[]): string[] => findings.map(({ level, message }) => `${level} ${message}`);

describe.each(['2.54.1', '2.73.0'] as const)('a look at CVAT %s', (version) => {
  let sandbox: SandboxCvat;
  beforeEach(async () => {
    const users = [{ username: 'maya', password: 'pass' }];
    sandbox = await startSandboxCvat({ version, users });
  });
  afterEach(async () => sandbox.close());

  const client = (credentials: CvatCredentials = admin, organization: string | null = null) =>
    createCvat({ url: sandbox.url, organization, credentials: async () => credentials });

  async function asAdmin(method: string, path: string, json: object, headers: Record<string, string> = {}) {
    const authorization = `Basic ${Buffer.from(`${SANDBOX_ADMIN.username}:${SANDBOX_ADMIN.password}`).toString('base64')}`;
    return talk(sandbox.url, method, path, { json, headers: { authorization, ...headers } });
  }

  it('finds everything in order, writes nothing, and logs in once', async () => {
    await client().createProject({ name: 'SurgVU', labels: ['tool', 'fat'] });
    const writes = () => sandbox.log.count({ server: 'cvat', method: 'POST' });
    const before = writes();
    expect(levels(await checkCvat(client(), ['SurgVU']))).toEqual([
      `ok CVAT ${version} at ${sandbox.url}`,
      'ok logged in as admin',
      'ok no organization; an administrator may do all that is needed',
      'ok imports COCO 1.0',
      'ok project "SurgVU" has 2 labels: tool, fat',
    ]);
    expect(writes() - before).toBe(1);
  });

  it('stops at a wrong password', async () => {
    const found = await checkCvat(client({ ...admin, password: 'wrong' }), ['SurgVU']);
    expect(levels(found)).toEqual([
      `ok CVAT ${version} at ${sandbox.url}`,
      expect.stringMatching(/^problem POST \/api\/auth\/login answered 400: Unable to log in/),
    ]);
    expect(JSON.stringify(found)).not.toContain('wrong');
  });

  it('finds an access token that may only read, and one that ends soon', async () => {
    const soon = new Date(Date.now() + 5 * 86_400_000).toISOString();
    const make = async (json: object): Promise<CvatCredentials> => {
      const { json: made } = await asAdmin('POST', '/api/auth/access_tokens', json);
      return { kind: 'token', token: String(at(made, 'value')) };
    };
    const reading = await checkCvat(client(await make({ name: 'reader' })), []);
    expect(levels(reading)).toContain('problem the access token "reader" may only read');
    const ending = await checkCvat(client(await make({ name: 'brief', read_only: false, expiry_date: soon })), []);
    expect(levels(ending)).toContainEqual(expect.stringMatching(/^warning the access token "brief" ends in [45] days/));
  });

  it('knows an organization, the role in it, and one that does not exist', async () => {
    await asAdmin('POST', '/api/organizations', { slug: 'lab' });
    expect(levels(await checkCvat(client(admin, 'lab'), []))).toContain('ok organization lab; admin is its owner');
    expect(levels(await checkCvat(client(admin, 'Lab'), []))).toContain('problem CVAT has no organization "Lab"');
    const maya: CvatCredentials = { kind: 'password', username: 'maya', password: 'pass' };
    const stranger = await checkCvat(client(maya, 'lab'), []);
    expect(levels(stranger)).toContain('problem maya is no member of the organization lab');
    const lab = { 'x-organization': 'lab' };
    const invited = await asAdmin('POST', '/api/invitations', { email: 'maya@example.com', role: 'worker' }, lab);
    expect(invited.status).toBe(201);
    const worker = await checkCvat(client(maya, 'lab'), []);
    expect(levels(worker)).toContain('problem organization lab; a worker may neither see projects nor make tasks');
  });

  it('finds a clock that goes wrong, and a project that is not there', async () => {
    const faults = await startFaults({ target: sandbox.url, seed: 1 });
    try {
      faults.add({ fault: { kind: 'clock-skew', ms: 3_600_000 } });
      const cvat = createCvat({ url: faults.url, credentials: async () => admin });
      const found = levels(await checkCvat(cvat, ['Nope']));
      expect(found).toContainEqual(expect.stringMatching(/^warning CVAT's clock is 3[56]\d\d s ahead/));
      expect(found).toContain('problem no project is named "Nope"');
    } finally {
      await faults.close();
    }
  });
});

describe('a CVAT that does not answer', () => {
  let silent: Server;
  beforeEach(async () => {
    silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => void silent.close());

  it('is told after the time that it was given, or at once where nothing listens', async () => {
    const { port } = silent.address() as AddressInfo;
    const begin = Date.now();
    const cvat = createCvat({ url: `http://127.0.0.1:${port}`, credentials: async () => admin });
    const found = await checkCvat(cvat, [], 300);
    expect(levels(found)).toEqual(['problem CVAT has not answered within 0.3 s.']);
    expect(Date.now() - begin).toBeLessThan(2000);
    const dead = createCvat({ url: 'http://127.0.0.1:9', credentials: async () => admin });
    expect(levels(await checkCvat(dead, []))).toEqual([expect.stringContaining('ECONNREFUSED')]);
  });
});
