import { describe, it, jest } from '@jest/globals';
import { SANDBOX_ADMIN, startSandboxCvat } from '../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { startSandboxMonai } from '../../../src/sandbox/monai/start-sandbox-monai.ts';
import { cvatContract } from '../cvat-contract.ts';
import { iterationContract } from '../iteration-contract.ts';
import type { CvatServer } from '../kit/cvat-desk.ts';
import { monaiContract } from '../monai-contract.ts';
import { isUntrained, namedServers } from './named-servers.ts';

/** A training on a real server starts a process that takes half a minute to import its libraries. */
jest.setTimeout(300_000);

async function standInCvat(): Promise<CvatServer> {
  const { url, close } = await startSandboxCvat();
  return { url, credentials: { kind: 'password', ...SANDBOX_ADMIN }, close };
}

/** Says of a part that it did not run; the report counts it neither as passed nor as failed. */
function notRun(what: string, why: string): void {
  describe(`${what} (not run)`, () => {
    it.todo(`not run: ${why}`);
  });
}

const { cvat, monai } = namedServers(process.env);

if (cvat === null) notRun('CVAT', 'CVAT_URL is not set');
else {
  cvatContract(cvat.url, async () => cvat, {
    password: cvat.credentials.kind === 'password',
    direct: false,
    colleague: process.env['CVAT_COLLEAGUE'] || null,
  });
}

if (monai === null) notRun('MONAI Label', 'MONAI_LABEL_URL is not set');
else monaiContract(monai.url, async () => monai, { untrained: await isUntrained(monai) });

if (cvat !== null && monai !== null) {
  iterationContract('both servers real', { cvat: async () => cvat, monai: async () => monai });
} else {
  notRun('A whole iteration: both servers real', 'needs CVAT_URL and MONAI_LABEL_URL');
  if (monai !== null) {
    iterationContract('real MONAI Label with a stand-in for CVAT', { cvat: standInCvat, monai: async () => monai });
  }
  if (cvat !== null) {
    iterationContract('real CVAT with a stand-in for MONAI Label', {
      cvat: async () => cvat,
      monai: startSandboxMonai,
    });
  }
}
