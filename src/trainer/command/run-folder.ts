import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { TrainingStatus } from '../../contracts/trainer-reports.ts';
import { codeOf, inFolder, readOrNull } from './folder.ts';
import { groupLives, processMark } from './process-mark.ts';
import { whereItRuns } from './where-it-runs.ts';

/** What stands in `claim.json`: who began a run, for what. */
const claimShape = z.object({
  run: z.string(),
  model: z.string(),
  host: z.string(),
  space: z.string().nullable().optional(),
  worker: z.number(),
  workerMark: z.string().nullable(),
  claimedAt: z.string(),
});
export type Claim = z.infer<typeof claimShape>;

/** One training, as its folder tells. */
export interface CommandRun {
  /** Its number, which counts from 1 and is never given twice. */
  readonly id: string;
  readonly folder: string;
  readonly claim: Claim;
  readonly status: TrainingStatus;
  /** Number of the process that leads the group; null where none was started. */
  readonly pid: number | null;
  readonly exitCode: string | null;
}

/** A shell that was started notes its number within this time. */
const STARTED_WITHIN_MS = 10_000;

/** The folders of all trainings, oldest first. */
export async function runFolders(root: string): Promise<readonly string[]> {
  const parent = join(root, 'trainings');
  return inFolder(parent, async () => {
    const names = await readdir(parent).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    });
    return names
      .filter((name) => /^\d{6}$/.test(name))
      .toSorted()
      .map((name) => join(parent, name));
  });
}

/** Reads a training; null for a folder that is none. */
export async function readRun(folder: string): Promise<CommandRun | null> {
  const bytes = await readOrNull(join(folder, 'claim.json'));
  const claim = bytes === null ? undefined : claimShape.safeParse(JSON.parse(bytes.toString('utf8'))).data;
  if (claim === undefined) return null;
  const exitCode = await exitOf(folder);
  const text = (await readOrNull(join(folder, 'pid')))?.toString('utf8').trim() ?? '';
  const noted = text === '' ? null : text.split('\n');
  const pid = noted === null || !/^\d+$/.test(noted[0] ?? '') ? null : Number(noted[0]);
  const run = { id: folder.slice(-6), folder, claim, pid };
  if (exitCode !== null) return { ...run, exitCode, status: await endOf(folder, exitCode) };
  const status = await statusOf(folder, claim, noted, pid);
  // What is found dead may have ended in order since the first look.
  const again = status === 'RUNNING' || status === 'SUBMITTED' ? null : await exitOf(folder);
  return { ...run, exitCode: again, status: again === null ? status : await endOf(folder, again) };
}

async function exitOf(folder: string): Promise<string | null> {
  return (await readOrNull(join(folder, 'exit')))?.toString('utf8').trim() ?? null;
}

/** A program that ends with this asks to be started again: `EX_TEMPFAIL` of BSD's sysexits. */
const START_AGAIN = '75';

async function endOf(folder: string, exitCode: string): Promise<TrainingStatus> {
  if (exitCode === '0') return 'DONE';
  if (await wasStopped(folder)) return 'STOPPED';
  return exitCode === START_AGAIN ? 'LOST' : 'ERROR';
}

async function wasStopped(folder: string): Promise<boolean> {
  return (await readOrNull(join(folder, 'stopped'))) !== null;
}

/** The status of a run whose end is not noted. */
async function statusOf(
  folder: string,
  claim: Claim,
  noted: readonly string[] | null,
  pid: number | null,
): Promise<TrainingStatus> {
  const dead = async (): Promise<TrainingStatus> => ((await wasStopped(folder)) ? 'STOPPED' : 'LOST');
  if (noted !== null && pid === null) return dead();
  const where = await whereItRuns(folder, claim);
  // Whether a process of another machine lives cannot be seen from here.
  if (where === 'elsewhere') return 'RUNNING';
  if (noted === null || pid === null) return (await mayStillStart(claim, where)) ? 'SUBMITTED' : 'LOST';
  const lives = where === 'here' && (await isAlive(pid, noted.slice(1).join(' ')));
  return lives ? 'RUNNING' : dead();
}

async function mayStillStart({ worker, workerMark, claimedAt }: Claim, where: 'here' | 'gone'): Promise<boolean> {
  if (Date.now() - Date.parse(claimedAt) < STARTED_WITHIN_MS) return true;
  return where === 'here' && workerMark !== null && (await processMark(worker)) === workerMark;
}

/**
 * Whether the leader or anything of its group lives. The number of a group is not given again while it has members, so
 * another process under it means that all of ours are gone.
 *
 * @param mark what the leader has noted of its own start: the boot and the tick; empty where the system has none
 */
async function isAlive(pid: number, mark: string): Promise<boolean> {
  const now = await processMark(pid);
  return now === null ? groupLives(pid) : mark === '' || now === mark;
}
