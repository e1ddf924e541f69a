import { GATE_POLICIES, type GateOptions, type HeldOutSource } from '../../../../../src/contracts/gate.ts';
import type { ArtifactRef, FolderRef } from '../../../../../src/contracts/refs.ts';
import type { TrainingOptions } from '../../../../../src/contracts/training.ts';
import { NotationError } from '../../../../../src/notation/notation-error.ts';
import { parseTrainingWindow } from '../../../../../src/notation/training-window.ts';
import { oneOf, percent, wholeNumber, type OptionReader } from './option-reader.ts';

/** Files that say which frames are held out. */
export interface HeldOutFiles {
  /** One name of a frame a line. */
  readonly list: { readonly name: string; readonly ref: ArtifactRef } | null;
  readonly images: FolderRef | null;
  readonly masks: FolderRef | null;
}

export const NO_HELD_OUT_FILES: HeldOutFiles = { list: null, images: null, masks: null };

/** What is trained, on what it is measured, and when it is published. */
export function readTraining(reader: OptionReader, model: string, files: HeldOutFiles): TrainingOptions {
  const { texts, read, optional } = reader;
  const heldOut = readHeldOut(reader, files);
  const window = optional('window', parseTrainingWindow);
  const group =
    texts.group === 'folder' ? 'folder' : texts.group === 'pattern' ? read('groupPattern', pattern, '') : null;
  const policy = read('gate', oneOf(GATE_POLICIES), 'if-better');
  const floors = { all: optional('floorAll', dice), classes: optional('floors', floorsOf) ?? {} };
  const gate: GateOptions = { policy, floors };
  const isUsual = policy === 'if-better' && floors.all === null && Object.keys(floors.classes).length === 0;
  return {
    model,
    maxEpochs: optional('maxEpochs', wholeNumber(1)),
    heldOutFraction: heldOut === null ? read('heldOutShare', percent(0, 90), 0) : 0,
    ...(window === null ? {} : { window }),
    ...(heldOut === null ? {} : { heldOut }),
    ...(group === null ? {} : { group }),
    ...(isUsual ? {} : { gate }),
  };
}

/** Null for a share of the frames. */
function readHeldOut({ texts, read }: OptionReader, { list, images, masks }: HeldOutFiles): HeldOutSource | null {
  const wanted = (isThere: boolean, what: string): void => {
    read('heldOut', () => requireThere(isThere, what), undefined);
  };
  switch (texts.heldOut) {
    case 'names':
      wanted(list !== null, 'Choose the file with the names of the frames.');
      return list === null ? null : { kind: 'names', list: list.ref };
    case 'folder':
      wanted(images !== null && masks !== null, 'Choose the images and their masks.');
      return images === null || masks === null ? null : { kind: 'folder', images, masks };
    case 'task':
      wanted(texts.heldOutTask.trim() !== '', 'Name the task.');
      return { kind: 'task', task: texts.heldOutTask.trim() };
    case 'ground-truth':
      return { kind: 'ground-truth', task: texts.heldOutTask.trim() === '' ? null : texts.heldOutTask.trim() };
    default:
      return null;
  }
}

function requireThere(isThere: boolean, what: string): undefined {
  if (!isThere) throw new NotationError(what);
  return undefined;
}

/** As the worker reads it: with exactly one capturing group. */
function pattern(text: string): string {
  try {
    const parts = new RegExp(`${text}|`, 'u').exec('')?.length ?? 1;
    if (text !== '' && parts === 2) return text;
  } catch {
    // What is wanted is said below.
  }
  throw new NotationError('Write a regular expression with one group in brackets, such as ^(.*)_\\d+');
}

function dice(text: string): number {
  const value = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 1) return value;
  throw new NotationError('Write a Dice from 0 to 1, such as 0.6.');
}

function floorsOf(text: string): Readonly<Record<string, number>> {
  const pairs = text.split(',').map((part) => {
    const at = part.lastIndexOf('=');
    if (at < 1) throw new NotationError('Write classes with their least Dice: grasper=0.6, hook=0.5');
    return [part.slice(0, at).trim(), dice(part.slice(at + 1).trim())] as const;
  });
  return Object.fromEntries(pairs);
}
