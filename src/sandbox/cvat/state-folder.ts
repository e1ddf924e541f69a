import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { failStuckRequest } from './import-worker.ts';
import type { CvatState } from './state/cvat-state.ts';
import { isOpen } from './state/requests.ts';
import { restoreSnapshot, takeSnapshot } from './state/snapshot.ts';

/** A state that is kept on disk: `state.json`, and every file's bytes under `bytes/` by their SHA-256. */
export interface StateFolder {
  /** Notes that the state has changed. */
  changed(): void;
  /** Waits until everything that was noted is on disk. @throws Error if it cannot be written */
  saved(): Promise<void>;
}

/**
 * Reads a state from a folder, if one was kept there, and keeps it there from now on. What was queued or running when
 * the former stand-in ended has lost its worker and fails.
 *
 * @throws Error if the folder cannot be used or holds something else
 */
export function openStateFolder(state: CvatState, folder: string): StateFolder {
  const bytesFolder = join(folder, 'bytes');
  const file = join(folder, 'state.json');
  mkdirSync(bytesFolder, { recursive: true });
  const stored = new Set<string>();
  if (existsSync(file)) {
    const find = (name: string): Buffer => {
      stored.add(name);
      return readFileSync(join(bytesFolder, name));
    };
    restoreSnapshot(state, readFileSync(file, 'utf8'), find);
    for (const request of state.requests.values()) if (isOpen(request)) failStuckRequest(request);
  }
  for (const name of readdirSync(bytesFolder)) if (!stored.has(name)) rmSync(join(bytesFolder, name));
  return keepSaving(() => save(state, { file, bytesFolder, stored, names: new WeakMap() }));
}

interface Place {
  readonly file: string;
  readonly bytesFolder: string;
  /** Names of the bytes that are on disk. */
  readonly stored: Set<string>;
  readonly names: WeakMap<Buffer, string>;
}

/** Saves as often as needed, one at a time. */
function keepSaving(saveOnce: () => Promise<void>): StateFolder {
  let isDirty = false;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (isDirty) {
      isDirty = false;
      await saveOnce();
    }
  }
  return {
    changed() {
      isDirty = true;
      running ??= run().finally(() => {
        running = undefined;
      });
      // Whoever waits is told of a failure; here it would only end the process.
      running.catch(() => undefined);
    },
    async saved() {
      await running;
    },
  };
}

/** The snapshot is taken at once; it replaces the former one when all bytes that it names are there. */
async function save(state: CvatState, place: Place): Promise<void> {
  const fresh = new Map<string, Buffer>();
  const snapshot = takeSnapshot(state, (bytes, isGrowing) => {
    const name = (isGrowing ? undefined : place.names.get(bytes)) ?? createHash('sha256').update(bytes).digest('hex');
    if (!isGrowing) place.names.set(bytes, name);
    if (!place.stored.has(name)) fresh.set(name, Buffer.from(bytes));
    return name;
  });
  for (const [name, bytes] of fresh) {
    await replaceFile(join(place.bytesFolder, name), bytes);
    place.stored.add(name);
  }
  await replaceFile(place.file, snapshot);
}

/** A file is there whole or not at all, even if the machine stops in between. */
async function replaceFile(path: string, content: string | Buffer): Promise<void> {
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
