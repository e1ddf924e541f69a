import { MaskloopError } from '../../contracts/error.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { LabelManifest } from '../../contracts/manifests.ts';
import { stemOf } from '../../contracts/file-stem.ts';
import { groupOf } from '../../gate/group-of.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { chooseHeldOut } from '../hold-out.ts';
import { trainingOf } from '../training-of.ts';
import type { GroundTruth } from './ground-truth.ts';
import { outsideNames } from './outside-frames.ts';

/**
 * Names of the frames of the sealed task that are measured and never trained on. Where they are named, or lie outside of the
 * task, all frames of their groups are held out with them.
 *
 * @param labels with those of the ground truth, where it is held out
 * @throws MaskloopError `FrameMismatch` for a name that the task does not have, `HeldOutMissing`, and what the store throws
 */
export async function heldOutNames(
  store: ArtifactStore,
  input: IterationInput,
  labels: LabelManifest,
  truth: GroundTruth | null,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const { heldOut, heldOutFraction, group } = trainingOf(input);
  const names = labels.frames.map(({ name }) => name);
  // Every iteration of the same frames holds out the same ones, or one would be measured on what another trained on. Groups
  // reach beyond a task: a video is ranked alike in all tasks of the project.
  const seed = JSON.stringify(group === undefined ? [input.project, input.task] : [input.project]);
  if (heldOut === undefined) return chooseHeldOut(names, heldOutFraction, seed, groupOf(group));
  if (heldOut.kind === 'names') {
    const text = new TextDecoder().decode(await store.get(heldOut.list));
    return withGroups(names, listed(text, labels), group);
  }
  if (truth?.otherTask === null) return withGroups(names, namesOf(truth), group);
  // Without groups a frame of another task may well have the name of one of this task, and be another picture.
  if (group === undefined) return new Set();
  return withGroups(names, truth === null ? await outsideNames(store, input, signal) : namesOf(truth), group);
}

function namesOf({ frames }: GroundTruth): readonly string[] {
  return frames.map(({ name }) => name);
}

/** The frames that share a group with one of these. */
function withGroups(names: readonly string[], held: readonly string[], group: string | undefined): ReadonlySet<string> {
  const groupOfFrame = groupOf(group);
  const groups = new Set(held.map(groupOfFrame));
  return new Set(names.filter((name) => groups.has(groupOfFrame(name))));
}

/** The frames of the task that a list names, with or without their extensions. */
function listed(text: string, { frames, withoutLabel = [] }: LabelManifest): readonly string[] {
  const byStem = new Map([...frames, ...withoutLabel].map(({ name }) => [stemOf(name), name]));
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const asked = lines.filter((line) => line !== '');
  const known = asked.map((name) => byStem.get(name) ?? byStem.get(stemOf(name)));
  const unknown = asked.filter((_, index) => known[index] === undefined);
  if (unknown.length === 0) return known.filter((name) => name !== undefined);
  throw new MaskloopError(
    'FrameMismatch',
    `${unknown.length} held-out frames are not in the task, such as "${unknown[0]}".`,
    { facts: { frames: unknown.slice(0, 20), count: unknown.length } },
  );
}
