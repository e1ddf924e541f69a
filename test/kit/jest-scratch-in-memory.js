import { mkdtemp, readFile, rm, statfs } from 'node:fs/promises';

const MEMORY = '/dev/shm';
const NEEDED_BYTES = 4e9;

/*
 * Temporary files of tests lie in memory where Linux has room for them, and lets programs run there: to open, write and rename
 * thousands of small files on a disk was half of what the system did for the tests. A TMPDIR that is set counts.
 */
export default async function scratchInMemory() {
  if (process.env.TMPDIR !== undefined || !(await hasRoom()) || !(await mayRunPrograms())) return;
  const scratch = await mkdtemp(`${MEMORY}/maskloop-tests-`);
  process.env.TMPDIR = scratch;
  globalThis.removeScratch = async () => rm(scratch, { recursive: true, force: true });
}

async function hasRoom() {
  const space = await statfs(MEMORY).catch(() => null);
  return space !== null && space.bavail * space.bsize >= NEEDED_BYTES;
}

async function mayRunPrograms() {
  const mounts = await readFile('/proc/mounts', 'utf8').catch(() => '');
  const options = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .find(([, at]) => at === MEMORY)?.[3];
  return options !== undefined && !options.split(',').includes('noexec');
}
