import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const info = z.record(z.string(), z.unknown());
const stored = z.object({ ext: z.string(), info });
const wire = z.object({
  objects: z.record(z.string(), z.object({ image: stored, labels: z.record(z.string(), stored) })),
});

export type Info = Record<string, unknown>;

export interface Stored {
  readonly ext: string;
  readonly info: Info;
}

export interface StoredImage extends Stored {
  readonly labels: Map<string, Stored>;
}

/** Images by id, in the order of their first upload. */
export type Index = Map<string, StoredImage>;

/** The file beside the images in which a server keeps its index; more than one process writes it. */
export class IndexFile {
  readonly #path: string;
  /** Change time of the version that was read or written last, in milliseconds. */
  #seen = 0;

  constructor(folder: string) {
    this.#path = join(folder, 'datastore_v2.json');
  }

  /** The index on disk if another has written it since, else null. */
  readIfNew(): Index | null {
    if (!existsSync(this.#path)) return null;
    const changed = statSync(this.#path).mtimeMs;
    if (changed === this.#seen) return null;
    this.#seen = changed;
    const { objects } = wire.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
    return new Map(
      Object.entries(objects).map(([id, { image, labels }]) => [
        id,
        { ...image, labels: new Map(Object.entries(labels)) },
      ]),
    );
  }

  /** Writes over whatever is there. */
  write(index: Index): void {
    writeFileSync(this.#path, JSON.stringify(describeIndex(index)));
    this.#seen = statSync(this.#path).mtimeMs;
  }
}

/** The index as the file holds it and the server prints it. */
export function describeIndex(index: Index): object {
  const objects: Record<string, object> = {};
  for (const [id, { ext, info: facts, labels }] of index) {
    objects[id] = { image: { ext, info: facts }, labels: Object.fromEntries(labels) };
  }
  return { name: 'new-dataset', description: 'New Dataset', images_dir: '.', labels_dir: 'labels', objects };
}
