import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Clock } from './clock.ts';
import { epochSeconds } from './python-time.ts';

export interface Publication {
  /** `SHA256:` and the lower-case hex digest of the file. */
  readonly checksum: string;
  /** Seconds since 1970. */
  readonly modified_time: number;
}

/** Files of models: one published file and one file of facts about the last run a model, and a file a model and run name. */
export class PublishedModels {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #tornReads: number;
  #torn = 0;

  /** @param tornReads looks at the statistics that fail after each rewriting */
  constructor(folder: string, clock: Clock, tornReads: number) {
    this.#folder = folder;
    this.#clock = clock;
    this.#tornReads = tornReads;
  }

  /** Where the published file of a model is, or will be. */
  path(model: string): string {
    return join(this.#folder, `${basename(model)}.pt`);
  }

  /** Where the best checkpoint of the runs of this name is, or will be. */
  runPath(model: string, run: string): string {
    return join(this.#folder, basename(model), basename(run), 'model.pt');
  }

  /**
   * What the last run of a model has written about itself; empty before the first validation of the first run.
   *
   * @throws Error where half of it is read
   */
  trainStats(model: string): unknown {
    if (this.#torn > 0) {
      this.#torn -= 1;
      throw new Error('Expecting value: line 1 column 1 (char 0)');
    }
    const bytes = this.read(this.#statsPath(model));
    return bytes === null ? {} : (JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown);
  }

  /** Replaces what is known about the last run. */
  writeTrainStats(model: string, facts: object): void {
    this.write(this.#statsPath(model), Buffer.from(JSON.stringify(facts)));
    this.#torn = this.#tornReads;
  }

  /** The bytes of a model file; null if there is none. */
  read(path: string): Uint8Array | null {
    return existsSync(path) ? readFileSync(path) : null;
  }

  /** Replaces a file in one step, so that no reader sees half of it. */
  write(path: string, bytes: Uint8Array): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, bytes);
    const seconds = this.#clock.now() / 1000;
    utimesSync(`${path}.new`, seconds, seconds);
    renameSync(`${path}.new`, path);
  }

  /** Puts the published file of a model aside; false if there is none. */
  remove(model: string): boolean {
    const path = this.path(model);
    if (!existsSync(path)) return false;
    renameSync(path, `${path}.deleted`);
    return true;
  }

  /** Facts about the published file; null before the first publication. */
  describe(model: string): Publication | null {
    const bytes = this.read(this.path(model));
    if (bytes === null) return null;
    const checksum = `SHA256:${createHash('sha256').update(bytes).digest('hex')}`;
    return { checksum, modified_time: epochSeconds(statSync(this.path(model)).mtimeMs) };
  }

  #statsPath(model: string): string {
    return join(this.#folder, basename(model), 'train_stats.json');
  }
}
