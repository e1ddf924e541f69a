import { MaskloopError } from './error.ts';
import type { FramePlace } from './withdrawal.ts';

/** Temporal refuses longer workflow ids. */
const MAX_ID_BYTES = 1000;

const DEFAULT_CONNECTION = 'default';

/** Percent-encodes all but letters, digits and `-_.`, so that `/` and `~` only ever separate the parts of an id. */
function encodeName(name: string, what: string): string {
  if (name.trim() === '') {
    throw new MaskloopError('InvalidName', `The ${what} name is empty.`, { facts: { what } });
  }
  if (!name.isWellFormed()) {
    throw new MaskloopError('InvalidName', `The ${what} name is not valid Unicode.`, { facts: { what } });
  }
  // Names are folders in the store as well, where `.` and `..` would mean other ones.
  const special = /^\.+$/.test(name) ? /[!'()*~.]/g : /[!'()*~]/g;
  return encodeURIComponent(name).replace(
    special,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * The id of an iteration and of its workflow: `P/T`, or `CONNECTION/P/T` for another connection than `default`;
 * `P/T~2` for the second iteration of the same task.
 *
 * @throws MaskloopError `InvalidName` if a name is empty or the id would be longer than 1,000 bytes
 */
export function iterationId(name: { project: string; task: string; connection?: string; round?: number }): string {
  const parts = [encodeName(name.project, 'project'), encodeName(name.task, 'task')];
  const connection = name.connection ?? DEFAULT_CONNECTION;
  if (connection !== DEFAULT_CONNECTION) parts.unshift(encodeName(connection, 'connection'));
  const round = name.round ?? 1;
  const id = parts.join('/') + (round > 1 ? `~${round}` : '');
  if (id.length > MAX_ID_BYTES) {
    throw new MaskloopError(
      'InvalidName',
      `The iteration id would be ${id.length} bytes long; ${MAX_ID_BYTES} are allowed.`,
      {
        facts: { bytes: id.length, limit: MAX_ID_BYTES },
      },
    );
  }
  return id;
}

/** The id of a loop and of its workflow, which is that of no iteration. @throws MaskloopError as {@link iterationId} */
export function loopId({ name, ...where }: { connection: string; project: string; name: string }): string {
  return `~loop/${iterationId({ ...where, task: name })}`;
}

/** A loop as people write and type it: `P/NAME`, or `CONNECTION/P/NAME`. */
export function loopText(id: string): string {
  return id.replace(/^~loop\//, '');
}

/** The id of a loop's schedule. */
export function scheduleId(loop: { connection: string; project: string; name: string }): string {
  return `~schedule/${loopText(loopId(loop))}`;
}

/** Where the store keeps what belongs to a loop: `policies/…`, `samples/{number}`, … */
export function loopFolder(loop: { connection: string; project: string; name: string }): string {
  return `loops/${loopText(loopId(loop))}/`;
}

/** Where the store keeps what was chosen for an iteration of a loop. */
export function samplesName(loop: { connection: string; project: string; name: string }, number: number): string {
  return `${loopFolder(loop)}samples/${String(number).padStart(LINK_DIGITS, '0')}`;
}

/** Where the store keeps until when nobody is reminded of an iteration. */
export function snoozeName(id: string): string {
  return `snoozes/${id}`;
}

/** Where the store keeps that a server of a connection is held; null names what all of them share. */
export function holdName(connection: string | null, server: string | null): string {
  return `holds/${connection === null ? '' : `${encodeName(connection, 'connection')}/`}${server ?? ''}`;
}

/** Where the store keeps what people wrote down about an iteration; null names what all its notes share. */
export function noteName(id: string, number: number | null): string {
  return `notes/${id}/${number === null ? '' : String(number).padStart(LINK_DIGITS, '0')}`;
}

/** Where the store keeps the receipt of an iteration. */
export function receiptName(id: string): string {
  return `receipts/${id}.json`;
}

/** Where the store keeps the backups of an iteration, each under its number, which counts from 1. */
export function backupName(id: string, number: number): string {
  return `backups/${id}/${number}`;
}

/** Where the store keeps what is known of one training of an iteration; `run` is its run name. */
export function runRecordName(id: string, run: string): string {
  return `runs/${id}/${run}.json`;
}

/** Where the store keeps the metrics of one training of an iteration, one JSON line an epoch. */
export function metricsName(id: string, run: string): string {
  return `metrics/${id}/${run}.jsonl`;
}

/** Where the store keeps what was put into a task last. */
export function importRecordName(connection: string, taskId: number): string {
  return `imports/${encodeName(connection, 'connection')}/${taskId}`;
}

/** Where the store keeps which jobs of an iteration were seen to be complete. */
export function waitMemoryName(id: string): string {
  return `waits/${id}`;
}

/** Where the store keeps how to go on with the upload of a task's images. */
export function imageUploadName(connection: string, taskId: number): string {
  return `uploads/${encodeName(connection, 'connection')}/${taskId}`;
}

/** Where the store keeps what we filled a task from. */
export function taskImagesName(connection: string, taskId: number): string {
  return `task-images/${encodeName(connection, 'connection')}/${taskId}`;
}

/** Where the store keeps which backup a restore made before it wrote anything; `run` tells it from others of the iteration. */
export function restoreNoteName(id: string, run: string): string {
  return `restores/${id}/${encodeName(run, 'run')}`;
}

/** Numbers of links as their names have them, so that the names sort as the numbers do. */
const LINK_DIGITS = 8;

/** What the names of all links of one connection and project begin with. */
export function chainPrefix(where: { readonly connection: string; readonly project: string }): string {
  return `chains/${encodeName(where.connection, 'connection')}/${encodeName(where.project, 'project')}/`;
}

/** Where the store keeps which receipt of a connection and project has a number, which counts from 1. */
export function linkName(where: { readonly connection: string; readonly project: string }, number: number): string {
  return chainPrefix(where) + String(number).padStart(LINK_DIGITS, '0');
}

/** Where the store says that content with this hash was forgotten on purpose. */
export function tombstoneName(sha256: string): string {
  return `tombstones/${sha256}`;
}

/** What the names of a task's documents of this kind begin with; those of all tasks for null. */
function placePrefix(kind: string, place: FramePlace | null): string {
  if (place === null) return `${kind}/`;
  const { connection, project, task } = place;
  return `${kind}/${encodeName(connection, 'connection')}/${encodeName(project, 'project')}/${encodeName(task, 'task')}/`;
}

/** Where the store keeps who took a frame out of training; a null frame, or place, names what all of them share. */
export function exclusionName(place: FramePlace | null, frame: string | null): string {
  return placePrefix('exclusions', place) + (frame === null ? '' : encodeName(frame, 'frame'));
}

/** Where the store keeps that a frame was forgotten; null as in {@link exclusionName}. */
export function forgottenName(place: FramePlace | null, frame: string | null): string {
  return placePrefix('forgotten', place) + (frame === null ? '' : encodeName(frame, 'frame'));
}

/** Where the store keeps a frame that was taken out of the training set `chain`; null names what all of them share. */
export function takenOutName(chain: string, imageId: string | null): string {
  return `taken-out/${chain}/${imageId ?? ''}`;
}

/** The frame that the name of a document of {@link exclusionName} or {@link forgottenName} is about. */
export function frameOfName(name: string): FramePlace & { readonly frame: string } {
  const [, connection = '', project = '', task = '', frame = ''] = name.split('/').map(decodeURIComponent);
  return { connection, project, task, frame };
}

/** Connection, project and task of an iteration, from its id. @throws MaskloopError `InvalidName` if it is none */
export function placeOfId(id: string): FramePlace {
  const parts = id.replace(/~\d+$/, '').split('/');
  try {
    const [task = '', project = '', connection = DEFAULT_CONNECTION] = parts.toReversed().map(decodeURIComponent);
    if (parts.length === 2 || parts.length === 3) return { connection, project, task };
  } catch {
    // Told below, as any other text that is no id.
  }
  throw new MaskloopError('InvalidName', `"${id}" is not the id of an iteration.`, { facts: { id } });
}

/** Digits of a version, so that names sort as versions do. */
const VERSION_DIGITS = 8;

/** What the names of all versions of all training sets begin with. */
export const TRAINING_SETS = 'training-sets/';

/** Where the store keeps a version of a trainer's training set; null names the beginning that all versions share. */
export function trainingSetName(chain: string, version: number | null): string {
  return `${TRAINING_SETS}${chain}/${version === null ? '' : String(version).padStart(VERSION_DIGITS, '0')}`;
}

/** Where the store keeps what was changed of an iteration after its receipt; null names what all its amendments share. */
export function amendmentName(id: string, number: number | null): string {
  return `amendments/${id}/${number === null ? '' : String(number).padStart(VERSION_DIGITS, '0')}`;
}
