import { isMaskloopError } from '../../contracts/error.ts';
import { placeOfId } from '../../contracts/ids.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { FramePlace } from '../../contracts/withdrawal.ts';
import { imageId } from '../../monai/image-id.ts';
import { isRecord } from '../../storage/canonical-json.ts';
import { jsonOf } from '../../storage/json-of.ts';
import type { ArtifactStore } from '../../storage/store.ts';

/** A JSON document and the task that frames without an image id in it are of. */
export interface Root {
  readonly place: FramePlace;
  readonly value: unknown;
}

/** An artifact and the images that it belongs to; {@link NOBODY} where it belongs to no single frame. */
export interface OwnedArtifact {
  readonly bytes: number;
  readonly owners: ReadonlySet<string>;
}

/** Owner of what is not of one frame. */
export const NOBODY = '';

/** What documents tell of frames, by image id. */
export interface StoreView {
  /** By SHA-256. */
  readonly artifacts: ReadonlyMap<string, OwnedArtifact>;
  /** SHA-256 of the images themselves. */
  readonly images: ReadonlyMap<string, ReadonlySet<string>>;
  readonly frames: ReadonlyMap<string, FramePlace & { readonly frame: string }>;
}

/** Documents of many frames that are larger hold no references. */
const MAX_SEARCHED_BYTES = 256 * 2 ** 20;

const SHA256 = /^[0-9a-f]{64}$/;

class Viewer implements StoreView {
  readonly artifacts = new Map<string, { bytes: number; readonly owners: Set<string> }>();
  readonly images = new Map<string, Set<string>>();
  readonly frames = new Map<string, FramePlace & { readonly frame: string }>();
  readonly pending: (FramePlace & { readonly ref: ArtifactRef })[] = [];
  readonly #queued = new Set<string>();

  /** Notes all references in a value; those of frames with their owner, all others to be opened. */
  visit(value: unknown, place: FramePlace): void {
    if (Array.isArray(value)) for (const item of value as readonly unknown[]) this.visit(item, place);
    if (!isRecord(value)) return;
    const ref = refOf(value);
    if (ref !== null && typeof value['name'] === 'string') this.#noteListed(ref, value['name'], place);
    else if (ref !== null) this.#noteShared(ref, place);
    else if (isFrame(value)) this.#noteFrame(value, place);
    else for (const [key, part] of Object.entries(value)) this.#visitPart(key, part, place);
  }

  /** The origins of a training set go by the ids of iterations, each of which is of a task of its own. */
  #visitPart(key: string, part: unknown, place: FramePlace): void {
    this.visit(part, isOrigin(part) ? placeOfId(key) : place);
  }

  own(sha256: string, bytes: number, owner: string): void {
    const known = this.artifacts.get(sha256) ?? { bytes, owners: new Set<string>() };
    known.owners.add(owner);
    this.artifacts.set(sha256, known);
  }

  #noteShared(ref: ArtifactRef, { connection, project, task }: FramePlace): void {
    this.own(ref.sha256, ref.bytes, NOBODY);
    const key = JSON.stringify([connection, project, task, ref.sha256]);
    if (!ref.uri.startsWith('store:') || ref.bytes > MAX_SEARCHED_BYTES || this.#queued.has(key)) return;
    this.#queued.add(key);
    this.pending.push({ connection, project, task, ref });
  }

  /** A file of a folder that was put into the store: an image or mask of the frame of that name. */
  #noteListed(ref: ArtifactRef, name: string, place: FramePlace): void {
    const { connection, project, task } = place;
    this.own(ref.sha256, ref.bytes, imageId({ connection, project, task, frame: name }));
  }

  #noteFrame(value: NamedFrame, place: FramePlace): void {
    const { name, by } = value;
    const { connection, project, task } = typeof by === 'string' ? placeOfId(by) : place;
    const here = { connection, project, task, frame: name };
    const own = imageId(here);
    const id = typeof value['imageId'] === 'string' ? value['imageId'] : own;
    if (id === own) this.frames.set(id, here);
    const sha256 = value['imageSha256'];
    if (typeof sha256 === 'string') this.images.set(id, (this.images.get(id) ?? new Set()).add(sha256));
    // A mask without a pixel tells nothing of its frame, and any other frame may come to need the same bytes.
    const owner = value['labelledPixels'] === 0 ? NOBODY : id;
    for (const ref of refsIn(value)) this.own(ref.sha256, ref.bytes, owner);
  }
}

function isOrigin(value: unknown): boolean {
  return isRecord(value) && 'categoryOf' in value && 'images' in value;
}

type NamedFrame = Record<string, unknown> & { readonly name: string };

/** Frames have a name, and an image id, a number, or something of their own in the store. */
function isFrame(value: Record<string, unknown>): value is NamedFrame {
  if (typeof value['name'] !== 'string' || value['name'] === '') return false;
  return typeof value['imageId'] === 'string' || typeof value['frame'] === 'number' || isLeaf(value);
}

function isLeaf(value: Record<string, unknown>): boolean {
  return 'label' in value || 'mask' in value || 'prediction' in value || typeof value['sha256'] === 'string';
}

function refOf(value: Record<string, unknown>): ArtifactRef | null {
  const { uri, sha256, bytes } = value;
  if (typeof sha256 !== 'string' || !SHA256.test(sha256)) return null;
  return typeof uri === 'string' && typeof bytes === 'number' ? { uri, sha256, bytes } : null;
}

function refsIn(frame: Record<string, unknown>): readonly ArtifactRef[] {
  const own = frame['sha256'];
  const bare = typeof own === 'string' && SHA256.test(own) ? [{ uri: '', sha256: own, bytes: 0 }] : [];
  return [...bare, ...Object.values(frame).flatMap((part) => (isRecord(part) ? (refOf(part) ?? []) : []))];
}

async function open(store: ArtifactStore, ref: ArtifactRef): Promise<unknown> {
  try {
    const bytes = Buffer.from(await store.get(ref));
    const isJson = bytes[0] === 0x7b || bytes[0] === 0x5b;
    return isJson && bytes.includes('"name"') && bytes.includes('"sha256"') ? jsonOf(bytes) : null;
  } catch (error) {
    // What is lost cannot name anything.
    if (isMaskloopError(error, 'ArtifactMissing')) return null;
    throw error;
  }
}

/** Null for JSON lines, which are no document of references. */

/**
 * Reads documents and everything that they lead to, and tells which artifact belongs to which frames.
 *
 * @throws MaskloopError `ArtifactCorrupt`, `StoreUnreachable`; the signal's reason if aborted
 */
export async function viewStore(store: ArtifactStore, roots: readonly Root[], signal: AbortSignal): Promise<StoreView> {
  const viewer = new Viewer();
  for (const { place, value } of roots) viewer.visit(value, place);
  for (let next = viewer.pending.pop(); next !== undefined; next = viewer.pending.pop()) {
    signal.throwIfAborted();
    viewer.visit(await open(store, next.ref), next);
  }
  return viewer;
}
