import {
  SANDBOX_ADMIN,
  startSandboxCvat,
  type SandboxCvatOptions,
} from '../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import type { CvatServer } from './cvat-desk.ts';

/** A stand-in that takes so long over an import that a second one always meets the first. */
export async function openSandboxCvat(options: SandboxCvatOptions): Promise<CvatServer> {
  const { url, close } = await startSandboxCvat({ queuedMs: 5, importMs: 60, createTaskMs: 10, ...options });
  const pace = { firstGapMs: 10, settlingMs: 100 };
  return { url, credentials: { kind: 'password', ...SANDBOX_ADMIN }, pace, close };
}
