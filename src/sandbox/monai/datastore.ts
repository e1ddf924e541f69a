import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { epochSeconds } from './python-time.ts';

type Info = Record<string, unknown>;

interface Stored {
  readonly ext: string;
  readonly info: Info;
}

interface StoredImage extends Stored {
  readonly labels: Map<string, Stored>;
}

/** Images and labels in a folder, known by an index in memory. */
export class Datastore {
  readonly #folder: string;
  readonly #watcherMs: number;
  readonly #images = new Map<string, StoredImage>();
  readonly #timers = new Set<NodeJS.Timeout>();

  /** @param watcherMs time after which a deleted file disappears from the index */
  constructor(folder: string, watcherMs: number) {
    this.#folder = folder;
    this.#watcherMs = watcherMs;
    mkdirSync(folder, { recursive: true });
  }

  has(id: string): boolean {
    return this.#images.has(id);
  }

  /** Stores an image. An id that is there already silently loses its labels. */
  putImage(id: string, ext: string, bytes: Uint8Array, params: Info): void {
    writeFileSync(this.imagePath(id, ext), bytes);
    const info = { ...params, user: 'admin', ts: epochSeconds(new Date()), name: `${id}${ext}` };
    this.#images.set(id, { ext, info, labels: new Map() });
  }

  /** Stores bytes, whatever they are, as the label of an image. @throws Error if there is no such image */
  putLabel(id: string, tag: string, ext: string, bytes: Uint8Array, params: Info): void {
    const folder = join(this.#folder, 'labels', fileName(tag));
    const image = this.#expect(id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, fileName(`${id}${ext}`)), bytes);
    image.labels.set(tag, { ext, info: { ...params, ts: epochSeconds(new Date()), name: `${id}${ext}` } });
  }

  /** The file of an image; null if there is none. */
  image(id: string): string | null {
    const image = this.#images.get(id);
    return image === undefined ? null : existing(this.imagePath(id, image.ext));
  }

  /** The file of a label; null if there is none. */
  label(id: string, tag: string): string | null {
    const label = this.#images.get(id)?.labels.get(tag);
    return label === undefined ? null : existing(this.#labelPath(id, tag, label.ext));
  }

  /** Free facts about an image with its path; empty for an unknown one. */
  imageInfo(id: string): Info {
    const image = this.#images.get(id);
    return image === undefined ? {} : { ...image.info, path: this.imagePath(id, image.ext) };
  }

  labelInfo(id: string, tag: string): Info {
    return this.#images.get(id)?.labels.get(tag)?.info ?? {};
  }

  /** @throws Error if there is no such image */
  addImageInfo(id: string, info: Info): void {
    Object.assign(this.#expect(id).info, info);
  }

  /** @throws Error if there is no such label */
  addLabelInfo(id: string, tag: string, info: Info): void {
    const label = this.#expect(id).labels.get(tag);
    if (label === undefined) throw new Error(`no label ${tag} of ${id}`);
    Object.assign(label.info, info, { user: 'admin' });
  }

  /** Removes an image's file; the index follows later. @throws Error if there is no such image */
  deleteImage(id: string): void {
    const path = this.imagePath(id, this.#expect(id).ext);
    rmSync(path, { force: true });
    this.#later(() => existsSync(path) || this.#images.delete(id));
  }

  /** Removes a label's file; the index follows later. What is not there is removed as well. */
  deleteLabel(id: string, tag: string): void {
    const label = this.#images.get(id)?.labels.get(tag);
    if (label === undefined) return;
    const path = this.#labelPath(id, tag, label.ext);
    rmSync(path, { force: true });
    this.#later(() => existsSync(path) || this.#images.get(id)?.labels.delete(tag));
  }

  stats(): { total: number; completed: number; label_tags: Record<string, number> } {
    const tags: Record<string, number> = {};
    for (const { labels } of this.#images.values()) {
      for (const tag of labels.keys()) tags[tag] = (tags[tag] ?? 0) + 1;
    }
    return { total: this.#images.size, completed: tags['final'] ?? 0, label_tags: tags };
  }

  /** Absolute paths of the images that have a `final` label, and of these labels, in order of first upload. */
  trainingList(): { image: string; label: string }[] {
    return [...this.#images].flatMap(([id, { ext, labels }]) => {
      const final = labels.get('final');
      if (final === undefined) return [];
      return [{ image: this.imagePath(id, ext), label: this.#labelPath(id, 'final', final.ext) }];
    });
  }

  /** The whole index as the server prints it. */
  describe(): object {
    const objects: Record<string, object> = {};
    for (const [id, { ext, info, labels }] of this.#images) {
      objects[id] = { image: { ext, info }, labels: Object.fromEntries(labels) };
    }
    const head = { name: 'new-dataset', description: 'New Dataset', images_dir: '.', labels_dir: 'labels' };
    return { ...head, objects };
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  imagePath(id: string, ext: string): string {
    return join(this.#folder, fileName(`${id}${ext}`));
  }

  #labelPath(id: string, tag: string, ext: string): string {
    return join(this.#folder, 'labels', fileName(tag), fileName(`${id}${ext}`));
  }

  #expect(id: string): StoredImage {
    const image = this.#images.get(id);
    if (image === undefined) throw new Error(`no image ${id}`);
    return image;
  }

  #later(action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, this.#watcherMs);
    this.#timers.add(timer);
  }
}

/** @throws Error if a name would lead into another folder */
function fileName(name: string): string {
  if (/[/\\\0]/.test(name) || name === '..' || name === '.' || name === '') throw new Error(`not a file name: ${name}`);
  return name;
}

function existing(path: string): string | null {
  return existsSync(path) ? path : null;
}
