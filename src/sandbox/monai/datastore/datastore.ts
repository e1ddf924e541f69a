import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../clock.ts';
import { epochSeconds } from '../python-time.ts';
import { existing, imagePath, labelPath } from './file-names.ts';
import { describeIndex, type Index, IndexFile, type Info, type StoredImage } from './index-file.ts';
import { reconcile } from './reconcile.ts';
import type { Watcher } from './watcher.ts';

/** The tag of labels that are trained on. */
const FINAL = 'final';

/**
 * Images and labels in a folder, known by an index in memory that is also kept as a file. Other processes have an index
 * of their own over the same folder; what they write is seen only when the watcher notices, and overwritten if not.
 */
export class Datastore {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #watcher: Watcher | null;
  readonly #file: IndexFile;
  #images: Index = new Map();

  /** @param watcher null where changes are looked for after a deletion only */
  constructor(folder: string, clock: Clock, watcher: Watcher | null) {
    this.#folder = folder;
    this.#clock = clock;
    this.#watcher = watcher;
    this.#file = new IndexFile(folder);
    mkdirSync(folder, { recursive: true });
    this.refresh();
  }

  has(id: string): boolean {
    return this.#images.has(id);
  }

  ids(): string[] {
    return [...this.#images.keys()];
  }

  /** Ids of the images without a `final` label. */
  unlabeled(): string[] {
    return this.ids().filter((id) => this.#images.get(id)?.labels.has(FINAL) !== true);
  }

  /** Stores an image. An id that is there already silently loses its labels. */
  putImage(id: string, ext: string, bytes: Uint8Array, params: Info): void {
    writeFileSync(imagePath(this.#folder, id, ext), bytes);
    const info = { ...params, user: 'admin', ts: this.#seconds(), name: `${id}${ext}` };
    this.#images.set(id, { ext, info, labels: new Map() });
    this.#uploaded();
  }

  /** Stores bytes, whatever they are, as the label of an image. @throws Error if there is no such image */
  putLabel(id: string, tag: string, ext: string, bytes: Uint8Array, params: Info): void {
    const image = this.#expect(id);
    const path = labelPath(this.#folder, id, tag, ext);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    image.labels.set(tag, { ext, info: { ...params, ts: this.#seconds(), name: `${id}${ext}` } });
    this.#uploaded();
  }

  /** The file of an image; null if there is none. */
  image(id: string): string | null {
    const image = this.#images.get(id);
    return image === undefined ? null : existing(imagePath(this.#folder, id, image.ext));
  }

  /** The file of a label; null if there is none. */
  label(id: string, tag: string): string | null {
    const label = this.#images.get(id)?.labels.get(tag);
    return label === undefined ? null : existing(labelPath(this.#folder, id, tag, label.ext));
  }

  /** Free facts about an image with its path; empty for an unknown one. */
  imageInfo(id: string): Info {
    const image = this.#images.get(id);
    if (image === undefined) return {};
    return { ...structuredClone(image.info), path: imagePath(this.#folder, id, image.ext) };
  }

  labelInfo(id: string, tag: string): Info {
    return this.#images.get(id)?.labels.get(tag)?.info ?? {};
  }

  /** @throws Error if there is no such image */
  addImageInfo(id: string, info: Info): void {
    Object.assign(this.#expect(id).info, info);
    this.#file.write(this.#images);
  }

  /** @throws Error if there is no such label */
  addLabelInfo(id: string, tag: string, info: Info): void {
    const label = this.#expect(id).labels.get(tag);
    if (label === undefined) throw new Error(`no label ${tag} of ${id}`);
    Object.assign(label.info, info, { user: 'admin' });
    this.#file.write(this.#images);
  }

  /** Removes the files of an image and of its labels; the index follows later. @throws Error if there is no such image */
  deleteImage(id: string): void {
    const { ext, labels } = this.#expect(id);
    for (const [tag, label] of labels) rmSync(labelPath(this.#folder, id, tag, label.ext), { force: true });
    rmSync(imagePath(this.#folder, id, ext), { force: true });
    this.#deleted();
  }

  /** Removes a label's file; the index follows later. What is not there is removed as well. */
  deleteLabel(id: string, tag: string): void {
    const label = this.#images.get(id)?.labels.get(tag);
    if (label !== undefined) rmSync(labelPath(this.#folder, id, tag, label.ext), { force: true });
    this.#deleted();
  }

  stats(): { total: number; completed: number; label_tags: Record<string, number> } {
    const tags: Record<string, number> = {};
    for (const { labels } of this.#images.values()) {
      for (const tag of labels.keys()) tags[tag] = (tags[tag] ?? 0) + 1;
    }
    return { total: this.#images.size, completed: tags[FINAL] ?? 0, label_tags: tags };
  }

  /** Absolute paths of the images that have a `final` label, and of these labels, in order of first upload. */
  trainingList(): { image: string; label: string }[] {
    return [...this.#images].flatMap(([id, { ext, labels }]) => {
      const final = labels.get(FINAL);
      if (final === undefined) return [];
      return [{ image: imagePath(this.#folder, id, ext), label: labelPath(this.#folder, id, FINAL, final.ext) }];
    });
  }

  /** The whole index as the server prints it. */
  describe(): object {
    return describeIndex(this.#images);
  }

  /** Takes over what others have written to the index file and to the folder. */
  refresh(): void {
    this.#images = this.#file.readIfNew() ?? this.#images;
    if (reconcile(this.#folder, this.#images, this.#seconds())) this.#file.write(this.#images);
  }

  /** Tells that another process has changed folder or index file; only a living watcher does anything about it. */
  touchedByOthers(): void {
    this.#watcher?.changed(() => this.refresh());
  }

  close(): void {
    this.#watcher?.close();
  }

  #uploaded(): void {
    this.#watcher?.wrote();
    this.#file.write(this.#images);
  }

  #deleted(): void {
    if (this.#watcher === null) this.refresh();
    else this.#watcher.changed(() => this.refresh());
  }

  #seconds(): number {
    return epochSeconds(this.#clock.now());
  }

  #expect(id: string): StoredImage {
    const image = this.#images.get(id);
    if (image === undefined) throw new Error(`no image ${id}`);
    return image;
  }
}
