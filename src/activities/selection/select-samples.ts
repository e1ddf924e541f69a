import { samplesName } from '../../contracts/ids.ts';
import type { ForLoop, LoopActivities } from '../../contracts/loop-activities.ts';
import type { SampleList, SelectionRef } from '../../contracts/selection.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { framesToBegin } from '../loop/enough-frames.ts';
import { durable, type Running } from '../durable.ts';
import { chooseSamples } from './choose-samples.ts';
import { putImages } from './put-images.ts';
import { readSampleList } from './sample-list.ts';

const NOTES = 5;
const NOTE_LENGTH = 300;

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
  const { samples, pool } = chosen.list;
  const { found, wanted } = framesToBegin(chosen.policy, { number: args.number, frames: samples.length, pool });
  const isEnough = found >= wanted;
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
