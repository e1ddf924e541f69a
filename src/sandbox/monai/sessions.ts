import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import { fileName } from './datastore/file-names.ts';
import { epochSeconds } from './python-time.ts';

const wire = z.object({
  name: z.string(),
  path: z.string(),
  image: z.string(),
  meta: z.record(z.string(), z.unknown()),
  create_ts: z.int(),
  last_access_ts: z.int(),
  expiry: z.int(),
});

/** An image that was uploaded for a while, without becoming part of the datastore. Times in seconds since 1970. */
export type Session = z.infer<typeof wire>;

/** Longest life of a session in seconds. */
const EXPIRY = 3600;

/** Sessions in a folder; they outlive the server. */
export class Sessions {
  readonly #folder: string;
  readonly #clock: Clock;

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** Stores the files of a new session: its image is the file, or the folder of several. @param expiry seconds, 0 for an hour */
  add(files: readonly { readonly name: string; readonly bytes: Uint8Array }[], expiry: number): Session {
    // The server's ids are of the version that is made from time and machine.
    const id = randomUUID().replace(/^(.{14})4/, '$11');
    const path = join(this.#folder, id);
    const folder = files.length === 1 ? path : join(path, 'input');
    mkdirSync(folder, { recursive: true });
    for (const { name, bytes } of files) writeFileSync(join(folder, fileName(name)), bytes);
    const now = epochSeconds(this.#clock.now());
    const image = files.length === 1 ? join(path, files[0]?.name ?? '') : folder;
    const life = Math.min(expiry > 0 ? expiry : EXPIRY, EXPIRY);
    const session = { name: id, path, image, meta: {}, create_ts: now, last_access_ts: now, expiry: life };
    this.#write(session);
    return session;
  }

  /** A session; null if there is none. @param touch whether this counts as an access */
  get(id: string, touch: boolean): Session | null {
    const file = /^[\w-]+$/.test(id) ? join(this.#folder, id, 'meta.info') : '';
    if (!existsSync(file)) return null;
    const session = wire.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (!touch) return session;
    const touched = { ...session, last_access_ts: epochSeconds(this.#clock.now()) };
    this.#write(touched);
    return touched;
  }

  remove({ path }: Session): void {
    rmSync(path, { recursive: true, force: true });
  }

  #write(session: Session): void {
    writeFileSync(join(session.path, 'meta.info'), JSON.stringify(session));
  }
}
