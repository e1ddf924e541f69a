import { describe, expect, it } from '@jest/globals';
import { createCvat } from '../../src/cvat/client.ts';
import { SANDBOX_ADMIN, startSandboxCvat } from '../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { cvatContract } from './cvat-contract.ts';
import type { CvatServer } from './kit/cvat-desk.ts';

const VERSIONS = ['2.54.1', '2.73.0'] as const;
const CREDENTIALS = { kind: 'password', ...SANDBOX_ADMIN } as const;

async function open(version: (typeof VERSIONS)[number]): Promise<CvatServer> {
  // Long enough that a second import always meets the first.
  const options = { version, queuedMs: 5, importMs: 60, createTaskMs: 10 };
  const { url, close } = await startSandboxCvat(options);
  return { url, credentials: CREDENTIALS, close };
}

describe('the stand-in of CVAT', () => {
  it.each(VERSIONS)('plays version %s', async (version) => {
    const server = await open(version);
    const cvat = createCvat({ url: server.url, credentials: async () => CREDENTIALS });
    expect(await cvat.version()).toBe(version);
    await server.close();
  });
});

for (const version of VERSIONS) {
  cvatContract(`the stand-in of ${version}`, () => open(version), { password: true, direct: true });
}
