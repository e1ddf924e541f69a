import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { notWritable, reasonOf } from './file-failures.ts';

/** Text is gathered to this length before it goes to the file, in UTF-16 units. */
const BUFFERED = 2 ** 16;
const COPY_BYTES = 2 ** 20;

/**
 * A file that is written beside its final place, so that a rename puts it there whole or not at all. All methods
 * throw MaskloopError `OutputNotWritable`; {@link discard} never throws.
 */
export class TemporaryFile {
  readonly path: string;
  readonly #handle: FileHandle;
  #pending: string[] = [];
  #pendingLength = 0;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** Creates an empty file with a hidden, unique name in `dir`, which must exist. */
  static async create(dir: string): Promise<TemporaryFile> {
    const path = join(dir, `.maskloop-${randomUUID()}.tmp`);
    try {
      return new TemporaryFile(path, await open(path, 'wx+'));
    } catch (error) {
      throw notWritable(dir, error);
    }
  }

  /** Appends ASCII text. */
  async write(text: string): Promise<void> {
    this.#pending.push(text);
    this.#pendingLength += text.length;
    if (this.#pendingLength >= BUFFERED) await this.#flush();
  }

  /** Appends all that was written to `other`. */
  async append(other: TemporaryFile): Promise<void> {
    await this.#flush();
    await other.#flush();
    const buffer = Buffer.allocUnsafe(COPY_BYTES);
    await this.#attempt(async () => {
      let at = 0;
      for (;;) {
        const { bytesRead } = await other.#handle.read(buffer, 0, COPY_BYTES, at);
        if (bytesRead === 0) return;
        await this.#handle.appendFile(buffer.subarray(0, bytesRead));
        at += bytesRead;
      }
    });
  }

  /** The same content, packed by gzip, in a file of its own. */
  async packed(): Promise<TemporaryFile> {
    await this.#flush();
    const packed = await TemporaryFile.create(dirname(this.path));
    try {
      await this.#attempt(async () => {
        const target = createWriteStream(packed.path);
        await pipeline(createReadStream(this.path, { highWaterMark: COPY_BYTES }), createGzip(), target);
      });
      return packed;
    } catch (error) {
      await packed.discard();
      throw error;
    }
  }

  /** Brings the content to the disk and closes the file. */
  async seal(): Promise<void> {
    await this.#flush();
    await this.#attempt(async () => {
      await this.#handle.sync();
      await this.#handle.close();
    });
  }

  /** Refuses a final path that no file could take, so that this is known before the work is done. */
  static async checkTarget(path: string): Promise<void> {
    try {
      const existing = await lstat(path);
      if (existing.isDirectory()) throw Object.assign(new Error('a folder has this name'), { code: 'EISDIR' });
    } catch (error) {
      if (reasonOf(error) !== 'ENOENT') throw notWritable(path, error);
    }
  }

  /** Gives the sealed file its final name, replacing what stands there. */
  async publish(path: string): Promise<void> {
    try {
      await rename(this.path, path);
    } catch (error) {
      throw notWritable(path, error);
    }
  }

  /** Closes and removes the file; nothing happens if it was published. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.path, { force: true }).catch(() => undefined);
  }

  async #flush(): Promise<void> {
    const pending = this.#pending;
    this.#pending = [];
    this.#pendingLength = 0;
    if (pending.length > 0) await this.#attempt(() => this.#handle.appendFile(pending.join(''), 'latin1'));
  }

  async #attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      throw notWritable(this.path, error);
    }
  }
}
