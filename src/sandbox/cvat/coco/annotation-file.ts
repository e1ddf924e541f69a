import { BackgroundFailure } from '../background.ts';
import { isZip, readZip } from '../media/zip.ts';
import type { CvatVersion } from '../state/version.ts';
import { inOlderWords } from './older-words.ts';
import { parseCoco, type CocoImport } from './parse-coco.ts';

/** Where CVAT unpacks what it imports; the last part differs every time. */
const TEMPORARY = '/home/django/data/tmp/tmp00000000';

/** With one folder around it at most. */
const INSTANCES = /^(?:[^/]+\/)?annotations\/instances_[^/]*\.json$/;

const KINDS = ['instances', 'person_keypoints', 'captions', 'labels', 'image_info', 'panoptic', 'stuff'];

/**
 * The COCO documents of an uploaded file: a bare JSON, or all `annotations/instances_*.json` of an archive.
 *
 * @throws BackgroundFailure for an archive of another layout and for a document that cannot be read
 */
export async function readAnnotationFile(content: Buffer, version: CvatVersion): Promise<CocoImport[]> {
  try {
    return await readDocuments(content, version === '2.54.1' ? 'drop' : 'refuse');
  } catch (failure) {
    throw version === '2.54.1' ? inOlderWords(failure) : failure;
  }
}

/** @param strays what to do with annotations of images that a document does not list */
async function readDocuments(content: Buffer, strays: 'drop' | 'refuse'): Promise<CocoImport[]> {
  // What is damaged is no archive to CVAT, but a document that makes no sense.
  const entries = isZip(content) ? await readZip(content).catch(() => undefined) : undefined;
  if (entries === undefined) return [parseCoco(content, `${TEMPORARY}/annotations/default.json`, strays)];
  const documents = entries.filter((entry) => INSTANCES.test(entry.name));
  if (documents.length === 0) throw layoutFailure();
  return documents.map((entry) => parseCoco(entry.bytes, TEMPORARY, strays));
}

function layoutFailure(): BackgroundFailure {
  const docs = 'Check [format docs](https://docs.cvat.ai/docs//manual/advanced/formats/format-coco).';
  const files = KINDS.map((kind) => `"annotations/${kind}_*.json"`).join(' ');
  const text = `${docs} Dataset must contain a file: ${files}`;
  return new BackgroundFailure('cvat.apps.dataset_manager.bindings.CvatDatasetNotFoundError', text);
}
