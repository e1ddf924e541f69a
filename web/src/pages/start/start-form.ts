import type { ArtifactRef, FolderRef } from '../../../../src/contracts/refs.ts';
import { DEFAULT_SHARD_SIZE, type IterationInput } from '../../../../src/contracts/iteration.ts';
import { DEFAULT_STALLED_AFTER_MS, DEFAULT_TIMING } from '../../../../src/contracts/timing.ts';

/** What the fields hold. */
export interface StartForm {
  readonly connection: string;
  readonly project: string;
  readonly task: string;
  /** Where pre-annotations come from: masks of somebody, or the published model. */
  readonly source: 'masks' | 'predict';
  readonly masks: FolderRef | null;
  /** Null where the task is there already, with its frames. */
  readonly images: FolderRef | null;
  readonly model: string;
  readonly trains: boolean;
  readonly createProject: boolean;
  /** User names in CVAT, with commas between them. */
  readonly people: string;
  /** Frames a job; null for one job. */
  readonly segmentSize: number | null;
}

/** CVAT is asked so often, and has to have been quiet for so long before a seal; as the command line has it. */
const POLL_MS = 60_000;
const QUIET_MS = 60_000;

/** What is still missing, a sentence each; empty if a plan can be made. */
export function missingOf(form: StartForm, categories: ArtifactRef | null): readonly string[] {
  const needsModel = form.trains || form.source === 'predict';
  return [
    ...(form.project.trim() === '' ? ['Name the project in CVAT.'] : []),
    ...(form.task.trim() === '' ? ['Name the task.'] : []),
    ...(form.source === 'masks' && form.masks === null ? ['Choose the masks.'] : []),
    ...(needsModel && form.model.trim() === '' ? ['Name the model, or do not train.'] : []),
    ...(categories === null ? ['Say what classes there are.'] : []),
  ];
}

/** What an iteration is started with; null while something is missing. @param categories COCO's list of categories; null while it is not known */
export function inputOf(form: StartForm, categories: ArtifactRef | null): IterationInput | null {
  const { segmentSize, createProject } = form;
  if (categories === null || missingOf(form, categories).length > 0) return null;
  const model = form.model.trim();
  const isPredicted = form.source === 'predict';
  return {
    connection: connectionOf(form),
    project: form.project.trim(),
    task: form.task.trim(),
    masks: isPredicted ? null : form.masks,
    ...(isPredicted ? { predict: { model } } : {}),
    images: form.images,
    share: null,
    categories,
    suffix: '',
    conversion: {
      rules: { unknown: 'error', values: [], ignore: [], colours: null, components: null },
      shardSize: DEFAULT_SHARD_SIZE,
    },
    createProject,
    syncLabels: createProject,
    people: namesOf(form.people),
    segmentSize,
    importScope: 'task',
    overwrite: false,
    completion: { rule: 'state', pollMs: POLL_MS },
    seal: { quietMs: QUIET_MS },
    tellPeople: 'names',
    training: form.trains ? { model, maxEpochs: null, heldOutFraction: HELD_OUT } : null,
    timing: { ...DEFAULT_TIMING, importStuckAfterMs: IMPORT_STUCK_MS, stalledAfterMs: DEFAULT_STALLED_AFTER_MS },
  };
}

const HELD_OUT = 0.2;
const IMPORT_STUCK_MS = 30 * 60_000;

function namesOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The connection that is meant. */
export function connectionOf({ connection }: Pick<StartForm, 'connection'>): string {
  return connection.trim() === '' ? 'default' : connection.trim();
}
