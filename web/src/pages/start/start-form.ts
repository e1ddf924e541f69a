import { IMPORT_SCOPES, type ImportScope, type IterationInput } from '../../../../src/contracts/iteration.ts';
import type { ArtifactRef, FolderRef } from '../../../../src/contracts/refs.ts';
import { parseDuration, parseInterval } from '../../../../src/notation/duration.ts';
import { namesIn, oneOf, optionReader, wholeNumber, type OptionReader } from './options/option-reader.ts';
import type { OptionProblems, OptionTexts } from './options/option-texts.ts';
import { readMasks, USUAL_RULES } from './options/read-masks.ts';
import { readNotices } from './options/read-notices.ts';
import { readPeople } from './options/read-people.ts';
import { readTraining, type HeldOutFiles } from './options/read-training.ts';

/** Where pre-annotations come from: masks of somebody, the published model, nowhere; or the task is only observed as it is. */
export const SOURCES = ['masks', 'predict', 'scratch', 'as-is'] as const;
export type Source = (typeof SOURCES)[number];

/** What the fields hold. */
export interface StartForm {
  readonly connection: string;
  readonly project: string;
  readonly task: string;
  readonly source: Source;
  /** Of a task that is only observed: what its labels are compared with, if anything. */
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
  readonly options: OptionTexts;
  readonly heldOut: HeldOutFiles;
}

/** Scopes as the field has them: what a task holds may also be deleted. */
const SCOPES = [...IMPORT_SCOPES, 'overwrite'] as const;

/** What a start would be, as far as the fields say it. */
export interface ReadStart {
  /** What an iteration is started with; null while something is missing. */
  readonly input: IterationInput | null;
  /** What is still missing, a sentence each; empty if a plan can be made. */
  readonly missing: readonly string[];
  /** What is wrong with the options, by field. */
  readonly problems: OptionProblems;
}

/**
 * Reads what the fields hold.
 *
 * @param categories COCO's list of categories; null while it is not known
 * @param now from which a deadline is counted, and before which none may be
 */
export function readStart(form: StartForm, categories: ArtifactRef | null, now: Date): ReadStart {
  const { input, problems } = readFields(form, now);
  const missing = missingOf(form, categories, Object.keys(problems).length);
  return { input: categories === null || missing.length > 0 ? null : { ...input, categories }, missing, problems };
}

function missingOf(form: StartForm, categories: ArtifactRef | null, wrong: number): readonly string[] {
  const needsModel = form.trains || form.source === 'predict';
  return [
    ...(form.project.trim() === '' ? ['Name the project in CVAT.'] : []),
    ...(form.task.trim() === '' ? ['Name the task.'] : []),
    ...(form.source === 'masks' && form.masks === null ? ['Choose the masks.'] : []),
    ...(needsModel && form.model.trim() === '' ? ['Name the model, or do not train.'] : []),
    ...(categories === null ? ['Say what classes there are.'] : []),
    ...(wrong === 0 ? [] : [`Correct ${wrong === 1 ? 'the option that is' : `the ${wrong} options that are`} marked.`]),
  ];
}

function readFields(
  form: StartForm,
  now: Date,
): { readonly input: Omit<IterationInput, 'categories'>; readonly problems: OptionProblems } {
  const reader = optionReader(form.options);
  const { review, ...people } = readPeople(reader, now);
  const notices = readNotices(reader);
  const isObserved = form.source === 'as-is';
  const model = form.model.trim();
  const input: Omit<IterationInput, 'categories'> = {
    connection: connectionOf(form),
    project: form.project.trim(),
    task: form.task.trim(),
    ...dataOf(form, model),
    conversion: {
      rules: form.source === 'scratch' ? USUAL_RULES : readMasks(reader, form.source !== 'predict'),
      shardSize: reader.read('shardSize', wholeNumber(1), 1),
    },
    ...intoCvat(form, reader),
    ...people,
    ...(review === undefined || isObserved ? {} : { review }),
    seal: { quietMs: reader.read('quiet', parseDuration, 0) },
    training: form.trains ? readTraining(reader, model, form.heldOut) : null,
    timing: {
      heartbeatTimeoutMs: reader.read('workerLostAfter', parseInterval, 1000),
      unreachableAfterMs: reader.read('unreachableAfter', parseInterval, 1000),
      importStuckAfterMs: reader.read('importStuckAfter', parseInterval, 1000),
      stalledAfterMs: reader.read('stalledAfter', parseInterval, 1000),
    },
    ...(notices === null ? {} : { notices }),
  };
  return { input, problems: reader.problems() };
}

/** Masks and images, as far as the source has them. */
function dataOf(
  { source, masks, images, options: { shareFolder } }: StartForm,
  model: string,
): Pick<IterationInput, 'masks' | 'compareWith' | 'predict' | 'fromScratch' | 'images' | 'share'> {
  const folder = shareFolder.trim();
  return {
    masks: source === 'masks' ? masks : null,
    ...(source === 'as-is' && masks !== null ? { compareWith: masks } : {}),
    ...(source === 'predict' ? { predict: { model } } : {}),
    ...(source === 'scratch' ? { fromScratch: true as const } : {}),
    images,
    share: images !== null || source === 'as-is' || folder === '' ? null : { folder },
  };
}

/** What is made and written in CVAT: nothing where the task is only observed. */
function intoCvat(
  { source, createProject, people, segmentSize, options }: StartForm,
  reader: OptionReader,
): Pick<
  IterationInput,
  'suffix' | 'createProject' | 'syncLabels' | 'people' | 'segmentSize' | 'importScope' | 'overwrite'
> {
  const imports = source === 'masks' || source === 'predict';
  const writes = source !== 'as-is';
  const scope = imports ? reader.read('scope', oneOf(SCOPES), 'task') : 'task';
  const importScope: ImportScope = scope === 'overwrite' ? 'task' : scope;
  return {
    suffix: imports ? options.suffix.trim() : '',
    createProject: writes && createProject,
    syncLabels: writes && (createProject || options.syncLabels === 'yes'),
    people: writes ? namesIn(people) : [],
    segmentSize: writes ? segmentSize : null,
    importScope,
    overwrite: scope === 'overwrite',
  };
}

/** The connection that is meant. */
export function connectionOf({ connection }: Pick<StartForm, 'connection'>): string {
  return connection.trim() === '' ? 'default' : connection.trim();
}
