import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { MaskloopError } from '../../contracts/error.ts';
import { codeOf, inFolder } from './folder.ts';
import { processMark } from './process-mark.ts';
import { readRun, runFolders, type Claim, type CommandRun } from './run-folder.ts';
import { ownPlace } from './where-it-runs.ts';

function busy(model: string, { claim, id }: Pick<CommandRun, 'claim' | 'id'>): MaskloopError {
  const where = claim.host === hostname() ? '' : ` on machine ${claim.host}`;
  return new MaskloopError('TrainingBusy', `The training of "${model}" waits for training ${claim.run}${where}.`, {
    facts: { model, runs: id, run: claim.run, host: claim.host },
  });
}

/** Sees to it that nothing of a run will ever start any more; false if it has started meanwhile. */
export async function forbidStart(folder: string): Promise<boolean> {
  return inFolder(folder, async () => {
    try {
      await writeFile(join(folder, 'pid'), 'never\n', { flag: 'wx' });
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    }
  });
}

/**
 * Takes the next number for a training, which nobody else can take: the folder of the number appears at once with what
 * is in it. The number is the lock; the one before has to be over.
 *
 * @param request what the program is to read, made when its folder is known
 * @throws MaskloopError `TrainingBusy`, `TrainerUnusable`
 */
export async function claimRun(
  root: string,
  { run, model }: Pick<Claim, 'run' | 'model'>,
  request: (folder: string) => object,
): Promise<CommandRun> {
  const last = (await runFolders(root)).at(-1);
  const before = last === undefined ? null : await readRun(last);
  if (before?.status === 'RUNNING' || before?.status === 'SUBMITTED') throw busy(model, before);
  if (before?.status === 'LOST' && before.pid === null && !(await forbidStart(before.folder))) {
    const now = await readRun(before.folder);
    if (now?.pid != null) throw busy(model, before);
  }
  const id = String(Number(last?.slice(-6) ?? 0) + 1).padStart(6, '0');
  const folder = join(root, 'trainings', id);
  const workerMark = await processMark(process.pid);
  const place = await ownPlace();
  const claim: Claim = { run, model, ...place, worker: process.pid, workerMark, claimedAt: new Date().toISOString() };
  const staged = join(root, 'trainings', `.${randomUUID()}`);
  await inFolder(folder, async () => {
    await mkdir(staged, { recursive: true });
    await writeFile(join(staged, 'claim.json'), `${JSON.stringify(claim)}\n`);
    await writeFile(join(staged, 'request.json'), `${JSON.stringify(request(folder), null, 2)}\n`);
    try {
      await rename(staged, folder);
    } catch (error) {
      await rm(staged, { recursive: true, force: true });
      if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
      const winner = await readRun(folder);
      throw busy(model, winner ?? { claim: { ...claim, run: 'another one' }, id });
    }
  });
  return { id, folder, claim, status: 'SUBMITTED', pid: null, exitCode: null };
}
