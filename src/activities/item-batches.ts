import type { NativeAnnotations, NativeItem } from '../cvat/native-annotations.ts';
import { KINDS } from '../cvat/native-items.ts';

/** Bytes of JSON that are sent at once; CVAT takes 100 MB. */
const BYTES_AT_ONCE = 20_000_000;

/** Splits annotations over requests by the size of their JSON. */
export function itemBatches(all: NativeAnnotations): readonly NativeAnnotations[] {
  const batches: Record<(typeof KINDS)[number], NativeItem[]>[] = [];
  let room = 0;
  for (const kind of KINDS) {
    for (const item of all[kind]) {
      const size = JSON.stringify(item).length;
      if (batches.length === 0 || size > room) {
        batches.push({ shapes: [], tracks: [], tags: [] });
        room = BYTES_AT_ONCE;
      }
      batches.at(-1)?.[kind].push(item);
      room -= size;
    }
  }
  return batches;
}
