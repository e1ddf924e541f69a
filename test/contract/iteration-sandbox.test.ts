import { startSandboxCvat, SANDBOX_ADMIN } from '../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { startSandboxMonai } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import { iterationContract } from './iteration-contract.ts';

for (const [version, inStore] of [
  ['2.54.1', false],
  ['2.73.0', false],
  ['2.73.0', true],
] as const) {
  const where = inStore ? ', with images and masks in the store' : '';
  iterationContract(`the stand-ins of ${version} and MONAI Label${where}`, {
    inStore,
    async cvat() {
      const options = { version, queuedMs: 5, importMs: 30, createTaskMs: 10 };
      const { url, close } = await startSandboxCvat(options);
      return { url, credentials: { kind: 'password', ...SANDBOX_ADMIN }, close };
    },
    monai: () => startSandboxMonai({ spawnMs: 20, startMs: 20, epochMs: 2, exitMs: 10, watcherMs: 20 }),
    writeGapMs: 5,
  });
}
