import { mkdir, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { MaskloopError } from '../../contracts/error.ts';
import { notWritable } from '../file-failures.ts';

/** Makes the folders that masks go to, each once. */
export class MaskFolders {
  /** The outermost folder, as it was named and as it really is. */
  readonly #dir: string;
  readonly #real: string;
  readonly #known: Set<string>;

  private constructor(dir: string, real: string) {
    this.#dir = dir;
    this.#real = real;
    this.#known = new Set([dir]);
  }

  /** @throws MaskloopError `OutputNotWritable` if the folder is missing and cannot be made */
  static async open(dir: string): Promise<MaskFolders> {
    const named = resolve(dir);
    return new MaskFolders(named, await made(named));
  }

  /**
   * Makes a folder inside the first one and those above it, where they are missing.
   *
   * @throws MaskloopError `OutputNotWritable`; `UnsafeFileName` if a link leads out of the first folder
   */
  async make(folder: string): Promise<void> {
    const named = resolve(folder);
    if (this.#known.has(named)) return;
    // From above, so that nothing is made behind a link that leads out.
    await this.make(dirname(named));
    const inside = relative(this.#real, await made(named));
    if (isAbsolute(inside) || inside.split(sep)[0] === '..') {
      throw new MaskloopError('UnsafeFileName', `${folder} is a link that leads out of ${this.#dir}.`, {
        facts: { folder, outDir: this.#dir },
      });
    }
    this.#known.add(named);
  }
}

/** Makes a folder unless it is there, and says where it really is. */
async function made(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    return await realpath(folder);
  } catch (error) {
    throw notWritable(folder, error);
  }
}
