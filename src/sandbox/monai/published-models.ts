import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { epochSeconds } from './python-time.ts';

export interface Publication {
  /** `SHA256:` and the lower-case hex digest of the file. */
  readonly checksum: string;
  /** Seconds since 1970. */
  readonly modified_time: number;
}

/** Model files: one published file a model, and one a model and run name. */
export class PublishedModels {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Where the published file of a model is, or will be. */
  path(model: string): string {
    return join(this.#folder, `${basename(model)}.pt`);
  }

  /** Where the best checkpoint of the runs of this name is, or will be. */
  runPath(model: string, run: string): string {
    return join(this.#folder, basename(model), basename(run), 'model.pt');
  }

  /** The bytes of a model file; null if there is none. */
  read(path: string): Uint8Array | null {
    return existsSync(path) ? readFileSync(path) : null;
  }

  /** Replaces a model file in one step, so that no reader sees half of it. */
  write(path: string, bytes: Uint8Array): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, bytes);
    renameSync(`${path}.new`, path);
  }

  /** Facts about the published file; null before the first publication. */
  describe(model: string): Publication | null {
    const bytes = this.read(this.path(model));
    if (bytes === null) return null;
    const checksum = `SHA256:${createHash('sha256').update(bytes).digest('hex')}`;
    return { checksum, modified_time: epochSeconds(statSync(this.path(model)).mtime) };
  }
}
