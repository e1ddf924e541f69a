import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { notWritable, reasonOf } from './file-failures.ts';

/** Text is gathered to so many bytes before it goes to the file. */
const BUFFERED_BYTES = 2 ** 16;
const COPY_BYTES = 2 ** 20;

/**
 * A file that is written beside its final place, so that a rename puts it there whole or not at all. All methods
 * throw MaskloopError `OutputNotWritable`; {@link discard} never throws.
 */
export class TemporaryFile {
  readonly path: string;
  readonly #handle: FileHandle;
  /** Kept from flush to flush: strings that wait would grow old, and stay until all memory is searched for garbage. */
  readonly #pending = Buffer.allocUnsafeSlow(BUFFERED_BYTES);
  #pendingBytes = 0;

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

  /** Appends ASCII text; the next call may come when this one is done. */
  async write(text: string): Promise<void> {
    for (let at = 0; at < text.length;) {
      const taken = this.#pending.write(at === 0 ? text : text.slice(at), this.#pendingBytes, 'latin1');
      at += taken;
      this.#pendingBytes += taken;
      if (this.#pendingBytes === BUFFERED_BYTES) await this.#flush();
    }
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
    const pending = this.#pending.subarray(0, this.#pendingBytes);
    this.#pendingBytes = 0;
    if (pending.length > 0) await this.#attempt(() => this.#handle.appendFile(pending));
  }

  async #attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      throw notWritable(this.path, error);
    }
  }
}
