import { MaskloopError } from '../contracts/error.ts';
import type { Http } from '../http/http.ts';
import { multipartBody } from '../http/multipart.ts';
import { parseAnswer } from '../http/parse-answer.ts';
import { assertImageId } from './image-id.ts';
import type { DatastoreStats, MonaiLabel } from './monai.ts';
import { filePart } from './upload.ts';
import { isAbsence } from './wire/absence.ts';
import { datastoreStatsSchema, storedUnderSchema } from './wire/datastore.ts';
import type { WritePacer } from './write-pacer.ts';

type Image = Parameters<MonaiLabel['putImage']>[0];
type Label = Parameters<MonaiLabel['putLabel']>[0];

/** @throws MaskloopError `MonaiUnreachable`, `MonaiRejected` or `MonaiUnexpectedAnswer`, as do all functions here */
export async function readDatastoreStats(http: Http, signal?: AbortSignal): Promise<DatastoreStats> {
  const answer = await http.send({ method: 'GET', path: '/datastore/?output=stats', signal });
  return parseAnswer(answer, datastoreStatsSchema, 'MonaiUnexpectedAnswer');
}

export async function hasImage(http: Http, imageId: string, signal?: AbortSignal): Promise<boolean> {
  assertImageId(imageId);
  const answer = await http.send({ method: 'HEAD', path: `/datastore/image?image=${imageId}`, allow: [404], signal });
  return !isAbsence(answer);
}

export async function getImage(http: Http, imageId: string, signal?: AbortSignal): Promise<Uint8Array | null> {
  assertImageId(imageId);
  const answer = await http.send({ method: 'GET', path: `/datastore/image?image=${imageId}`, allow: [404], signal });
  return isAbsence(answer) ? null : answer.bytes;
}

/**
 * Uploads an image that is not there. It is looked for twice: at once, since an image that is there costs no turn among
 * the writes, and again in its turn, since another caller may have stored it meanwhile.
 *
 * The id is checked beforehand, so a 500 is no wrong request: the server itself is in trouble (`MonaiUnreachable`).
 * Never repeated by itself: a second upload of the same image would be unpaced and forget its labels.
 */
export async function putImage(
  http: Http,
  paced: WritePacer,
  image: Image,
  signal?: AbortSignal,
): Promise<'stored' | 'present'> {
  if (await hasImage(http, image.imageId, signal)) return 'present';
  return paced(async () => {
    if (await hasImage(http, image.imageId, signal)) return 'present';
    const stream = multipartBody([filePart('file', image)]);
    const path = `/datastore/image?image=${image.imageId}`;
    const answer = await http.send({ method: 'PUT', path, stream, signal });
    parseAnswer(answer, storedUnderSchema(image.imageId), 'MonaiUnexpectedAnswer');
    return 'stored';
  }, signal);
}

export async function getLabel(
  http: Http,
  imageId: string,
  tag: string,
  signal?: AbortSignal,
): Promise<Uint8Array | null> {
  assertImageId(imageId);
  assertTag(tag);
  const path = `/datastore/label?label=${imageId}&tag=${tag}`;
  const answer = await http.send({ method: 'GET', path, allow: [404], signal });
  return isAbsence(answer) ? null : answer.bytes;
}

/**
 * Stores a label under a tag, over one that is there. The server answers 500 for an image that it does not have; this is
 * looked up first and is `MonaiRejected`, so that a 500 of the upload is an outage. Never repeated by itself: a second
 * upload would be unpaced.
 */
export async function putLabel(http: Http, paced: WritePacer, label: Label, signal?: AbortSignal): Promise<void> {
  const { imageId, tag } = label;
  assertTag(tag);
  if (!(await hasImage(http, imageId, signal))) {
    throw new MaskloopError('MonaiRejected', `MONAI Label holds no image ${imageId} that could be labelled.`, {
      facts: { imageId, tag },
    });
  }
  const labelInfo = label.labelInfo.map(({ name, idx }) => ({ name, idx }));
  const params = { name: 'params', value: JSON.stringify({ label_info: labelInfo }) };
  await paced(async () => {
    const stream = multipartBody([params, filePart('label', label)]);
    const path = `/datastore/label?image=${imageId}&tag=${tag}`;
    const answer = await http.send({ method: 'PUT', path, stream, signal });
    parseAnswer(answer, storedUnderSchema(imageId), 'MonaiUnexpectedAnswer');
  }, signal);
}

/**
 * Removes a label's file. The server answers 200 whether it was there or not, and goes on listing it until its watcher
 * notices; never, if that is dead. Paced like an upload, since the watcher hears of it.
 */
export async function removeLabel(
  http: Http,
  paced: WritePacer,
  { imageId, tag }: Pick<Label, 'imageId' | 'tag'>,
  signal?: AbortSignal,
): Promise<void> {
  assertImageId(imageId);
  assertTag(tag);
  const path = `/datastore/label?id=${imageId}&tag=${tag}`;
  await paced(async () => http.send({ method: 'DELETE', path, signal }), signal);
}

/**
 * Removes an image with all its labels. The server answers 500 for one that it does not have, so that is looked up first;
 * its index follows when its watcher notices.
 */
export async function removeImage(http: Http, paced: WritePacer, imageId: string, signal?: AbortSignal): Promise<void> {
  await paced(async () => {
    if (!(await hasImage(http, imageId, signal))) return;
    await http.send({ method: 'DELETE', path: `/datastore/image?id=${imageId}`, signal });
  }, signal);
}

/** A tag becomes a folder on the server; an empty one would silently mean `final`. */
function assertTag(tag: string): void {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(tag)) return;
  throw new MaskloopError('MonaiRejected', `'${tag}' cannot be the tag of a label in MONAI Label.`, { facts: { tag } });
}
