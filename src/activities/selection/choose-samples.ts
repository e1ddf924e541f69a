import { isMaskloopError } from '../../contracts/error.ts';
import { iterationId } from '../../contracts/ids.ts';
import type { ForLoop } from '../../contracts/loop-activities.ts';
import { loopTaskName } from '../../contracts/loop-task.ts';
import type { Sample, SampleList } from '../../contracts/selection.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import type { Running } from '../durable.ts';
import { askModel } from './ask-model.ts';
import { carriedOver, type CarriedFrame } from './carried-over.ts';
import { chooseHeldOutTask } from './choose-held-out-task.ts';
import { fillBatch } from './fill-batch.ts';
import { viewOf } from './frame-views.ts';
import { readSelectionPolicy, type SelectionPolicy } from './policy-document.ts';
import { prepareSelecting, type Prepared } from './prepare-selecting.ts';
import { storeWithoutWrites } from './store-without-writes.ts';

/** What was chosen, and where its images are read. */
export interface Chosen {
  /** Its images are not in the store yet. */
  readonly list: SampleList;
  readonly policy: SelectionPolicy;
  readonly read: (sample: Sample) => Promise<Uint8Array>;
}

/** Frames with a problem as one note; none for none. */
function noteOf(what: string, problems: ReadonlyMap<string, string>): readonly string[] {
  const [first] = problems.values();
  return first === undefined ? [] : [`${what}: ${problems.size}, such as: ${first}`];
}

/** Frames that could be chosen: those that were, where the batch did not get full; else all of which nothing speaks against. */
function eligibleOf({ found, views, selecting }: Prepared, carried: number): number {
  const { policy, draft } = selecting;
  const chosen = draft.samples.length - carried;
  if (chosen < policy.batchSize - carried) return chosen;
  const refused = draft.usedByContent.size + draft.alike.size + views.broken.size;
  return Math.max(chosen, found.eligible.length - refused);
}

function listOf(prepared: Prepared, carried: number, uncertainty: SampleList['uncertainty']): SampleList {
  const { found, views, notes, selecting } = prepared;
  const { policy, number, model, draft } = selecting;
  const carriedNote = carried === 0 ? [] : [`Carried over from number ${number - 1}: ${carried}.`];
  return {
    schema: 'maskloop.samples/1',
    loop: policy.name,
    number,
    task: loopTaskName(policy.taskName, number),
    options: policy.selection,
    model: model?.checksum ?? null,
    uncertainty,
    pool: {
      ...found.counts,
      used: found.counts.used + draft.usedByContent.size,
      alike: draft.alike.size,
      eligible: eligibleOf(prepared, carried),
      candidates: prepared.candidates(),
    },
    samples: draft.samples,
    images: null,
    notes: [
      ...carriedNote,
      ...notes,
      ...noteOf('Frames that cannot be decoded', views.broken),
      ...noteOf('Frames that the model fails on', model?.predictor.failed ?? new Map()),
    ],
  };
}

/** What the number before has left; held-out frames that people did not get to are never trained on. */
async function carriedTo(store: ArtifactStore, { found, selecting }: Prepared): Promise<readonly CarriedFrame[]> {
  const { policy, number } = selecting;
  if (number <= 1) return [];
  const { lists, heldOut } = found;
  const left = await carriedOver(store, policy, lists.get(number - 1));
  return left.filter(({ group, sha256 }) => !heldOut.groups.has(group) && !heldOut.hashes.has(sha256));
}

/** Puts those first that the number before has left. */
async function carry({ selecting, views }: Prepared, carried: readonly CarriedFrame[]): Promise<void> {
  const { draft, pool } = selecting;
  const inPool = new Set(pool.names);
  for (const frame of carried) {
    const view = inPool.has(frame.name) ? await views.view(frame.name) : await viewOf(await frame.read(), frame.name);
    draft.carry(frame, view);
  }
}

type Stores = Pick<ActivityDependencies, 'connect' | 'store'>;
type Wanted = Pick<ForLoop, 'policy' | 'number'>;
type Progress = Pick<Running, 'signal' | 'report'>;
interface How {
  /** True if nothing may be written: neither to the store nor, by asking for its proposals, to MONAI Label. */
  readonly dry: boolean;
}

/** Chooses by one model. @throws MaskloopError as {@link chooseSamples}; `ModelReplaced` if another is published meanwhile */
async function chooseBy(
  { connect, store: given }: Stores,
  { policy: ref, number }: Wanted,
  { signal, report }: Progress,
  { dry }: How,
): Promise<Chosen> {
  const store = dry ? storeWithoutWrites(given) : given;
  const policy = await readSelectionPolicy(store, ref);
  const connection = connect(policy.connection);
  const { connection: name, project } = policy;
  const id = iterationId({ connection: name, project, task: loopTaskName(policy.taskName, number) });
  const model = number === 0 ? null : await askModel(connection, { store, signal }, policy, id);
  const prepared = await prepareSelecting(connection, { store, signal, report }, policy, { number, model, dry });
  const { selecting, found } = prepared;
  const carried = await carriedTo(store, prepared);
  await carry(prepared, carried);
  let uncertainty: SampleList['uncertainty'] = null;
  if (number === 0) await chooseHeldOutTask(selecting, found.used);
  else uncertainty = await fillBatch(selecting, Math.max(0, policy.batchSize - carried.length));
  const again = new Map(carried.map((frame) => [frame.name, frame]));
  return {
    list: listOf(prepared, carried.length, uncertainty),
    policy,
    read: async ({ name: frame }) => again.get(frame)?.read() ?? selecting.pool.read(frame),
  };
}

/**
 * Chooses the frames for a number of a loop. Makes the same choice for the same pool, seed, number and models, in whatever
 * order the pool is listed. Keeps what models predict in the store, so that a further try does not ask again.
 * Where another loop of the same trainer publishes a model meanwhile it begins again with that one.
 *
 * @throws MaskloopError `InvalidPolicy`, `HeldOutGroups`, `TrainingBusy`, `ModelChanged`; what reading the pool, CVAT, the
 *   trainer and the store throw; the signal's reason if aborted
 */
export async function chooseSamples(deps: Stores, wanted: Wanted, running: Progress, how: How): Promise<Chosen> {
  for (;;) {
    running.signal.throwIfAborted();
    try {
      return await chooseBy(deps, wanted, running, how);
    } catch (error) {
      if (!isMaskloopError(error, 'ModelReplaced')) throw error;
    }
  }
}
