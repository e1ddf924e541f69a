import { PNG } from 'pngjs';
import { readZip } from '../../../../src/sandbox/cvat/media/zip.ts';
import { textAt } from './json-at.ts';
import { waitFor, type Answer, type Person } from './talk.ts';

export const COCO = 'format=COCO+1.0';
export const MASKS = 'format=Segmentation+mask+1.1';

/**
 * Asks for an export, waits for it and fetches it.
 *
 * @param room `/api/tasks/1` and the like
 */
export async function exported(person: Person, room: string, query = COCO): Promise<Answer> {
  const begun = await person.call('POST', `${room}/dataset/export?${query}`);
  const ended = await waitFor(person, textAt(begun.json, 'rq_id'));
  const url = new URL(textAt(ended, 'result_url'));
  return person.call('GET', url.pathname + url.search);
}

/** The files of an archive by name. */
export async function filesOf(archive: Answer): Promise<ReadonlyMap<string, Buffer>> {
  return new Map((await readZip(archive.bytes)).map(({ name, bytes }) => [name, bytes]));
}

/** The COCO document in an export. */
export async function documentOf(archive: Answer): Promise<unknown> {
  const file = (await filesOf(archive)).get('annotations/instances_default.json');
  return JSON.parse(file?.toString() ?? 'null');
}

/** The colour of one pixel of a PNG file, as `r,g,b`. */
export function pixelAt(png: Buffer | undefined, x: number, y: number): string {
  const picture = PNG.sync.read(png ?? Buffer.alloc(0));
  const at = 4 * (y * picture.width + x);
  return [...picture.data.subarray(at, at + 3)].join(',');
}

/** A shape with the fields that a client must name. */
export function shape(type: string, frame: number, label: number | undefined, points: readonly number[], more = {}) {
  return { type, frame, label_id: label, points, occluded: false, z_order: 0, rotation: 0, group: 0, ...more };
}
