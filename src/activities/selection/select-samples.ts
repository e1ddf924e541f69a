import { FILE_LIST_SCHEMA, type FileList, type ListedFile } from '../../contracts/file-list.ts';
import { samplesName } from '../../contracts/ids.ts';
import type { ForLoop, LoopActivities } from '../../contracts/loop-activities.ts';
import type { FolderRef } from '../../contracts/refs.ts';
import type { SampleList, SelectionRef } from '../../contracts/selection.ts';
import { compareNames } from '../../contracts/name-order.ts';
import { digestOfList } from '../../storage/stored-contents.ts';
import { folderOfList } from '../../storage/stored-folder.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { durable, type Running } from '../durable.ts';
import { MaskloopError } from '../../contracts/error.ts';
import { chooseSamples, type Chosen } from './choose-samples.ts';
import { readSampleList } from './sample-list.ts';

const NOTES = 5;
const NOTE_LENGTH = 300;

/** Puts the images of what was chosen into the store, as a folder. */
async function putImages(
  store: ArtifactStore,
  { list, read }: Chosen,
  { signal, report }: Running,
): Promise<FolderRef> {
  const files: ListedFile[] = [];
  for (const sample of list.samples) {
    signal.throwIfAborted();
    const ref = await store.put(await read(sample));
    if (ref.sha256 !== sample.sha256) {
      throw new MaskloopError('InputChanged', `The image of "${sample.name}" has changed since it was chosen.`, {
        facts: { frame: sample.name },
      });
    }
    files.push({ name: sample.name, ...ref });
    report({ phase: 'images', done: files.length, total: list.samples.length });
  }
  const sorted = files.toSorted((a, b) => compareNames(a.name, b.name));
  const document: FileList = { schema: FILE_LIST_SCHEMA, files: sorted };
  const manifest = await store.put(Buffer.from(`${JSON.stringify(document, null, 1)}\n`));
  return folderOfList(manifest, digestOfList(sorted), sorted.length);
}

/** The list as it travels. @param bytes of the document */
async function refOf(store: ArtifactStore, list: SampleList, bytes: Uint8Array): Promise<SelectionRef> {
  const notes = list.notes.slice(0, NOTES).map((note) => note.slice(0, NOTE_LENGTH));
  const { images, pool, samples } = list;
  return { list: await store.put(bytes), images, frames: samples.length, pool, notes };
}

/**
 * Chooses the frames for a number of a loop, once: of two tries at the same time the first one's list stays. Where there are
 * fewer frames than an iteration begins with nothing is recorded.
 *
 * @throws MaskloopError as {@link chooseSamples}; `InputChanged`
 */
async function selectOnce(deps: ActivityDependencies, args: ForLoop, running: Running): Promise<SelectionRef> {
  const { store } = deps;
  const before = await readSampleList(store, args.loop, args.number);
  if (before !== null) return refOf(store, before.list, before.bytes);
  const chosen = await chooseSamples(deps, args, running, { dry: false });
  const { samples } = chosen.list;
  const least = args.number === 0 ? 1 : chosen.policy.minNewFrames;
  const isEnough = samples.length >= least;
  const list = { ...chosen.list, images: isEnough ? await putImages(store, chosen, running) : null };
  const bytes = Buffer.from(`${JSON.stringify(list, null, 1)}\n`);
  if (!isEnough || (await store.createNamed(samplesName(args.loop, args.number), bytes)))
    return refOf(store, list, bytes);
  const first = await readSampleList(store, args.loop, args.number);
  return first === null ? refOf(store, list, bytes) : refOf(store, first.list, first.bytes);
}

/** The activity. */
export function createSelectSamples(deps: ActivityDependencies): LoopActivities['selectSamples'] {
  return durable(async (args, running) => selectOnce(deps, args, running));
}
