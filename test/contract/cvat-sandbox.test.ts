import { describe, expect, it } from '@jest/globals';
import { createCvat } from '../../src/cvat/client.ts';
import { CVAT_VERSIONS } from '../../src/sandbox/cvat/state/version.ts';
import { cvatContract } from './cvat-contract.ts';
import { openSandboxCvat } from './kit/sandbox-cvat.ts';

describe('the stand-in of CVAT', () => {
  it.each(CVAT_VERSIONS)('plays version %s', async (version) => {
    const { url, credentials, close } = await openSandboxCvat({ version });
    const cvat = createCvat({ url, credentials: async () => credentials });
    expect(await cvat.version()).toBe(version);
    await close();
  });
});

for (const version of CVAT_VERSIONS) {
  cvatContract(`the stand-in of ${version}`, () => openSandboxCvat({ version }), {
    password: true,
    direct: true,
    colleague: 'annotator@example.com',
  });
}
