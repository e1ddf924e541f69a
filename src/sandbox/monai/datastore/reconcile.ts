import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { imagePath, isKnown, keptExtension, labelPath } from './file-names.ts';
import type { Index } from './index-file.ts';

/**
 * Makes an index say what lies in the folder: drops what has no file, adds files that it does not know.
 *
 * @param now seconds since 1970, noted with what is added
 * @returns whether anything changed
 */
export function reconcile(folder: string, index: Index, now: number): boolean {
  const dropped = dropMissing(folder, index);
  const images = addImages(folder, index, now);
  const labels = addLabels(folder, index, now);
  return dropped || images || labels;
}

function dropMissing(folder: string, index: Index): boolean {
  let changed = false;
  for (const [id, { ext, labels }] of index) {
    if (!existsSync(imagePath(folder, id, ext))) changed = index.delete(id);
    for (const [tag, label] of labels) {
      if (!existsSync(labelPath(folder, id, tag, label.ext))) changed = labels.delete(tag);
    }
  }
  return changed;
}

function addImages(folder: string, index: Index, now: number): boolean {
  let changed = false;
  for (const name of knownFiles(folder)) {
    const ext = keptExtension(name);
    const id = name.slice(0, -ext.length);
    if (index.has(id)) continue;
    index.set(id, { ext, info: { ts: now, name }, labels: new Map() });
    changed = true;
  }
  return changed;
}

function addLabels(folder: string, index: Index, now: number): boolean {
  const root = join(folder, 'labels');
  let changed = false;
  for (const tag of existsSync(root) ? readdirSync(root) : []) {
    for (const name of knownFiles(join(root, tag))) {
      const ext = keptExtension(name);
      const labels = index.get(name.slice(0, -ext.length))?.labels;
      if (labels === undefined || labels.has(tag)) continue;
      labels.set(tag, { ext, info: { ts: now, name } });
      changed = true;
    }
  }
  return changed;
}

function knownFiles(folder: string): string[] {
  if (!statSync(folder).isDirectory()) return [];
  return readdirSync(folder).filter(isKnown).toSorted();
}
