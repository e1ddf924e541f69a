import { startSandboxMonai } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import { monaiContract } from './monai-contract.ts';

const PACE = { spawnMs: 60, startMs: 150, epochMs: 2, exitMs: 10, watcherMs: 20 };
/** The stand-in is as fast as its disk; the pause only has to be seen. */
const WRITE_GAP_MS = 15;

monaiContract('the stand-in', () => startSandboxMonai(PACE), { untrained: true }, WRITE_GAP_MS);
