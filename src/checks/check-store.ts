import { randomUUID } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { Finding } from '../contracts/doctor.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { fine, problem, problemOf, warning } from './finding.ts';

/** Less free space than this is too little for the labels of one task, in bytes. */
const LOW_BYTES = 1_000_000_000;
const TOO_LOW_BYTES = 100_000_000;

/**
 * Writes a probe into the store and reads it back; makes one that may not replace anything, as backups are made, and
 * removes it again; says how much room there is where the store is a folder.
 *
 * @param name of the probe, which stays; nobody else writes to it
 */
export async function checkStore(store: ArtifactStore, name: string, probe: string): Promise<readonly Finding[]> {
  await store.putNamed(name, Buffer.from(JSON.stringify({ probe })));
  const space = await spaceFinding(store.address);
  if (!(await holdsProbe(store, name, probe))) {
    return [
      problem(`${store.address} does not give back what was written`, 'Check the disk or bucket behind the store.'),
    ];
  }
  const found = [
    fine(`${store.address} can be written and read`),
    await onceFinding(store, `${name}/${probe}-${randomUUID()}`),
  ];
  return space === null ? found : [...found, space];
}

/** Whether a document can be made that replaces none: where the store is a folder, that takes a hard link. Its name is nobody else's. */
async function onceFinding(store: ArtifactStore, name: string): Promise<Finding> {
  const content = Buffer.from('{}');
  try {
    const made = [await store.createNamed(name, content), await store.createNamed(name, content)];
    if (made[0] === true && made[1] === false) return fine('backups can be made in it');
    return problem(
      `${store.address} replaces a document that is to be made only once`,
      'Move the store to another file system: backups and notes could replace one another.',
    );
  } catch (error) {
    return problem(
      `${store.address} cannot make a document only once, which backups need: ${problemOf(error).message}`,
      'Move the store to a file system with hard links, such as ext4, XFS or NFS; FAT, exFAT and some network shares have none.',
    );
  } finally {
    await store.removeNamed(name).catch(() => undefined);
  }
}

/** True if the store holds the probe that somebody else has written. */
export async function holdsProbe(store: ArtifactStore, name: string, probe: string): Promise<boolean> {
  const bytes = await store.getNamed(name);
  return bytes !== null && Buffer.from(bytes).toString() === JSON.stringify({ probe });
}

async function spaceFinding(address: string): Promise<Finding | null> {
  if (!isAbsolute(address)) return null;
  const { bavail, bsize } = await statfs(address);
  const free = bavail * bsize;
  const text = `${(free / 1e9).toFixed(1)} GB are free`;
  if (free >= LOW_BYTES) return fine(text);
  const action = 'Make room, or move the store.';
  return free >= TOO_LOW_BYTES ? warning(text, action) : problem(text, action);
}
