import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  GATE_POLICIES,
  type Floors,
  type GateOptions,
  type GatePolicy,
  type HeldOutSource,
} from '../contracts/gate.ts';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { TrainingOptions } from '../contracts/training.ts';
import { groupOf } from '../gate/group-of.ts';
import { UsageError } from './exit-codes.ts';

/** What `--held-out` names: a share, a file of frame names, or what CVAT's ground truth jobs are about. */
export type HeldOutFlag =
  | { readonly kind: 'fraction'; readonly fraction: number }
  | { readonly kind: 'names'; readonly file: string }
  | { readonly kind: 'ground-truth' };

/** Flags of `start` about what is held out and which model is published. */
export interface GateFlags {
  readonly heldOut?: HeldOutFlag;
  readonly heldOutImages?: string;
  readonly heldOutMasks?: string;
  readonly heldOutTask?: string;
  readonly group?: string;
  readonly gate?: GatePolicy;
  readonly gateFloor?: Floors;
}

const DEFAULT_HELD_OUT = 0.2;
const GROUND_TRUTH = 'ground-truth';
const NO_FLOORS: Floors = { all: null, classes: {} };

/** Adds the flags to `start`. */
export function addGateFlags(command: Command): void {
  command
    .option(
      '--held-out <SHARE|FILE|ground-truth>',
      `what is measured, not trained on: a share of the frames (default: ${DEFAULT_HELD_OUT}), a FILE with the name of a frame a line, or ground-truth: frames and labels of the task's ground truth job in CVAT`,
      parseHeldOut,
    )
    .option('--held-out-images <DIR>', 'instead: images of a folder, with --held-out-masks')
    .option('--held-out-masks <DIR>', 'their masks, under the same names')
    .option(
      '--held-out-task <NAME>',
      'instead: all that another task of the project was sealed with; with --held-out ground-truth its ground truth job',
    )
    .option(
      '--group <HOW>',
      'frames that are never split: folder, or a pattern with one capturing group over the name (default: each frame alone)',
      parseGroup,
    )
    .addOption(
      new Option('--gate <POLICY>', 'when a new model is published (default: if-better)').choices(GATE_POLICIES),
    )
    .option(
      '--gate-floor <FLOOR>',
      'least Dice of every class (0.5) or of one (grasper=0.6); may be repeated',
      parseFloor,
    );
}

/** A number is a share, one word stands for ground truth jobs, and everything else is a file. */
export function parseHeldOut(text: string): HeldOutFlag {
  if (text === GROUND_TRUTH) return { kind: GROUND_TRUTH };
  const isShare = /^-?\d*\.?\d+%?$/.test(text.trim()) || text.trim() === '';
  if (!isShare) return { kind: 'names', file: text };
  const fraction = text.trim() === '' ? Number.NaN : Number(text);
  if (fraction >= 0 && fraction <= 0.9) return { kind: 'fraction', fraction };
  throw new InvalidArgumentError('Write a number from 0 to 0.9, such as 0.2; a file of such a name is ./0.2.');
}

/** `0.5` for every class, or `grasper=0.6` for one, after what the flag was given before. */
export function parseFloor(text: string, before: Floors = NO_FLOORS): Floors {
  const at = text.lastIndexOf('=');
  const digits = text.slice(at + 1).trim();
  const floor = /^\d*\.?\d+$/.test(digits) ? Number(digits) : Number.NaN;
  if (!(floor >= 0 && floor <= 1)) throw new InvalidArgumentError('Write a number from 0 to 1, or CLASS=NUMBER.');
  if (at < 0) return { ...before, all: floor };
  return { ...before, classes: { ...before.classes, [text.slice(0, at)]: floor } };
}

function parseGroup(text: string): string {
  try {
    groupOf(text);
    return text;
  } catch (error) {
    throw new InvalidArgumentError(isMaskloopError(error) ? error.message : String(error));
  }
}

/** Where held-out frames come from, before anything is read; null for a share of the frames. @throws UsageError */
export function heldOutSourceOf(
  flags: GateFlags,
):
  | { readonly kind: 'names'; readonly file: string }
  | { readonly kind: 'folder'; readonly images: string; readonly masks: string }
  | { readonly kind: 'task'; readonly task: string }
  | { readonly kind: 'ground-truth'; readonly task: string | null }
  | null {
  const { heldOut, heldOutImages: images, heldOutMasks: masks, heldOutTask: task } = flags;
  if (heldOut?.kind === GROUND_TRUTH && images === undefined && masks === undefined) {
    return { kind: GROUND_TRUTH, task: task ?? null };
  }
  const given = { '--held-out': heldOut, '--held-out-images': images ?? masks, '--held-out-task': task };
  const names = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (names.length > 1) throw new UsageError(`${names.join(' and ')} exclude each other.`);
  if (task !== undefined) return { kind: 'task', task };
  if (images !== undefined && masks !== undefined) return { kind: 'folder', images, masks };
  if (images !== undefined || masks !== undefined) {
    throw new UsageError('--held-out-images and --held-out-masks go together.');
  }
  return heldOut?.kind === 'names' ? heldOut : null;
}

/** The flags as training options. @param heldOut where frames come from, once it is read; null for a share */
export function gateOptions(
  { heldOut, group, gate, gateFloor }: GateFlags,
  source: HeldOutSource | null,
): Pick<TrainingOptions, 'gate' | 'group' | 'heldOut' | 'heldOutFraction'> {
  const fraction = heldOut?.kind === 'fraction' ? heldOut.fraction : DEFAULT_HELD_OUT;
  const asked: GateOptions = { policy: gate ?? 'if-better', floors: gateFloor ?? NO_FLOORS };
  return {
    heldOutFraction: source === null ? fraction : 0,
    ...(source === null ? {} : { heldOut: source }),
    ...(group === undefined ? {} : { group }),
    ...(gate === undefined && gateFloor === undefined ? {} : { gate: asked }),
  };
}

/** The given flags by name, for those that have no meaning without a training. */
export function givenGateFlags(flags: GateFlags): Readonly<Record<string, unknown>> {
  return {
    '--held-out': flags.heldOut,
    '--held-out-images': flags.heldOutImages,
    '--held-out-masks': flags.heldOutMasks,
    '--held-out-task': flags.heldOutTask,
    '--group': flags.group,
    '--gate': flags.gate,
    '--gate-floor': flags.gateFloor,
  };
}

/** Names of floors that no class has. @throws MaskloopError `InvalidConfiguration` */
export function requireKnownFloors({ gateFloor }: GateFlags, categories: readonly { readonly name: string }[]): void {
  const names = Object.keys(gateFloor?.classes ?? {});
  const unknown = names.filter((name) => categories.every((category) => category.name !== name));
  if (unknown.length === 0) return;
  throw new MaskloopError(
    'InvalidConfiguration',
    `--gate-floor names no class of the categories: ${unknown.join(', ')}.`,
    {
      facts: { unknown },
    },
  );
}
