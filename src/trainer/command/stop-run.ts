import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MaskloopError } from '../../contracts/error.ts';
import type { StopAnswer } from '../trainer.ts';
import { forbidStart } from './claim-run.ts';
import { writeWhole } from './folder.ts';
import { readRun } from './run-folder.ts';
import { whereItRuns } from './where-it-runs.ts';

/** Time that a program gets to end by itself. */
const GRACE_MS = 10_000;
const LOOK_EVERY_MS = 100;

/**
 * Ends all processes of a run: it is told to, and killed if it has not ended in time.
 *
 * @throws MaskloopError `TrainerElsewhere` for a run of another machine or container
 */
export async function stopRun(folder: string, signal?: AbortSignal): Promise<StopAnswer> {
  const run = await readRun(folder);
  if (run === null || (run.status !== 'RUNNING' && run.status !== 'SUBMITTED')) return 'ended';
  const { claim } = run;
  const where = await whereItRuns(folder, claim);
  if (where === 'gone' && run.pid !== null) return 'ended';
  if (where === 'elsewhere') {
    const own = hostname();
    const there = claim.host === own ? `in another container named ${own}` : `on machine ${claim.host}; this is ${own}`;
    const message = `Training ${claim.run} runs ${there}.`;
    throw new MaskloopError('TrainerElsewhere', message, { facts: { run: claim.run, host: claim.host } });
  }
  await writeWhole(join(folder, 'stopped'), `${new Date().toISOString()}\n`);
  if (run.pid === null && (await forbidStart(folder))) return 'told';
  kill(await livingLeader(folder), 'SIGTERM');
  for (const until = Date.now() + GRACE_MS; Date.now() < until;) {
    const now = await readRun(folder);
    if (now?.status !== 'RUNNING') return 'told';
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
  kill(await livingLeader(folder), 'SIGKILL');
  return 'told';
}

/** The number under which it runs here; null where it does not, since the number may be somebody else's. */
async function livingLeader(folder: string): Promise<number | null> {
  const run = await readRun(folder);
  if (run?.status !== 'RUNNING') return null;
  return (await whereItRuns(folder, run.claim)) === 'here' ? run.pid : null;
}

function kill(leader: number | null, name: 'SIGTERM' | 'SIGKILL'): void {
  if (leader === null) return;
  try {
    process.kill(-leader, name);
  } catch {
    // It has ended meanwhile.
  }
}
