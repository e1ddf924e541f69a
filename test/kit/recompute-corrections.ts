import { PNG } from 'pngjs';
import type { LabelManifest } from '../../src/contracts/manifests.ts';
import type { ArtifactRef } from '../../src/contracts/refs.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';

/** What two artifacts of the store say, counted pixel by pixel with none of the code that compared them. */
export interface Recounted {
  readonly changed: number;
  readonly union: number;
  /** By category id. */
  readonly classes: Readonly<Record<number, { both: number; before: number; after: number }>>;
  readonly frames: number;
}

interface Document {
  readonly images: readonly { id: number; file_name: string; width: number; height: number }[];
  readonly annotations: readonly { image_id: number; category_id: number; segmentation: { counts: string } }[];
}

/** COCO's packed run lengths: six bits a character, the lowest first; from the fourth on a difference to the last but one. */
function unpack(counts: string): number[] {
  const runs: number[] = [];
  for (let at = 0; at < counts.length;) {
    let [value, shift, more] = [0, 0, true];
    while (more) {
      const bits = counts.charCodeAt(at) - 48;
      value += (bits % 32) * 2 ** shift;
      more = bits >= 32;
      shift += 5;
      at += 1;
      if (!more && bits % 32 >= 16) value -= 2 ** shift;
    }
    runs.push(runs.length > 2 ? value + (runs.at(-2) ?? 0) : value);
  }
  return runs;
}

async function json<T>(store: ArtifactStore, ref: ArtifactRef): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await store.get(ref))) as T;
}

/** Compares the imported document with the label PNGs. */
export async function recount(
  store: ArtifactStore,
  { preannotations, labels }: { readonly preannotations: ArtifactRef; readonly labels: ArtifactRef },
): Promise<Recounted> {
  const { images, annotations } = await json<Document>(store, preannotations);
  const { frames } = await json<LabelManifest>(store, labels);
  const total = { changed: 0, union: 0, frames: 0, classes: {} as Record<number, Record<string, number>> };
  const count = (category: number, where: string): void => {
    if (category === 0) return;
    const counts = (total.classes[category] ??= { both: 0, before: 0, after: 0 });
    counts[where] = (counts[where] ?? 0) + 1;
  };
  for (const { name, label } of frames) {
    const image = images.find(({ file_name }) => file_name.split('.')[0] === name.split('.')[0]);
    if (image === undefined) continue;
    total.frames += 1;
    const before = Array.from({ length: image.width * image.height }, () => 0);
    for (const { image_id, category_id, segmentation } of annotations) {
      if (image_id !== image.id) continue;
      const bits = unpack(segmentation.counts).flatMap((length, i) => Array.from({ length }, () => i % 2));
      for (const [at, bit] of bits.entries()) {
        if (bit === 1) before[(at % image.height) * image.width + Math.floor(at / image.height)] = category_id;
      }
    }
    const { data } = PNG.sync.read(Buffer.from(await store.get(label)));
    for (const [at, old] of before.entries()) {
      const final = data[at * 4] ?? 0;
      if (old !== final) total.changed += 1;
      if (old > 0 || final > 0) total.union += 1;
      if (old === final) count(old, 'both');
      count(old, 'before');
      count(final, 'after');
    }
  }
  return total as unknown as Recounted;
}
