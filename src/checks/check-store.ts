import { statfs } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { Finding } from '../contracts/doctor.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { fine, problem, warning } from './finding.ts';

/** Less free space than this is too little for the labels of one task, in bytes. */
const LOW_BYTES = 1_000_000_000;
const TOO_LOW_BYTES = 100_000_000;

/** Writes a probe into the store and reads it back; says how much room there is where the store is a folder. */
export async function checkStore(store: ArtifactStore, name: string, probe: string): Promise<readonly Finding[]> {
  await store.putNamed(name, Buffer.from(JSON.stringify({ probe })));
  const space = await spaceFinding(store.address);
  if (!(await holdsProbe(store, name, probe))) {
    return [
      problem(`${store.address} does not give back what was written`, 'Check the disk or bucket behind the store.'),
    ];
  }
  return [fine(`${store.address} can be written and read`), ...(space === null ? [] : [space])];
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
