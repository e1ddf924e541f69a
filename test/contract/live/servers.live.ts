import { afterAll, describe, it, jest } from '@jest/globals';
import { SANDBOX_ADMIN, startSandboxCvat } from '../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { startSandboxMonai } from '../../../src/sandbox/monai/start-sandbox-monai.ts';
import { cvatContract } from '../cvat-contract.ts';
import { fineTuneContract } from '../fine-tune-contract.ts';
import { iterationContract } from '../iteration-contract.ts';
import type { CvatServer } from '../kit/cvat-desk.ts';
import { shareTemporal } from '../kit/shared-temporal.ts';
import { monaiContract } from '../monai-contract.ts';
import { overwritingContract } from '../overwriting-contract.ts';
import { isUntrained, namedRestart, namedServers } from './named-servers.ts';

/** A training on a real server starts a process that takes half a minute to import its libraries. */
jest.setTimeout(1_200_000);

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
  overwritingContract(cvat.url, async () => cvat, 'all');
}

if (monai === null) notRun('MONAI Label', 'MONAI_LABEL_URL is not set');
else monaiContract(monai.url, async () => monai, { untrained: await isUntrained(monai) });

/** Real epochs of a tiny network take a tenth of a second, real processes half a minute to begin. */
const PACE = {
  lookMs: 1000,
  publishedAfterMs: 5000,
  frames: 16,
  epochs: 20,
  manyEpochs: 400,
  stalledAfterMs: 90_000,
};

if (monai === null) notRun('A fine-tune', 'MONAI_LABEL_URL is not set');
else {
  const restart = namedRestart(process.env);
  const temporal = shareTemporal();
  afterAll(() => temporal.close());
  fineTuneContract(monai.url, {
    temporal: () => temporal.open(),
    server: async () => ({ ...monai, restart }),
    restarts: restart === null ? [] : ['TERM', 'KILL', 'KILL-ALL'],
    pace: PACE,
  });
}

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
