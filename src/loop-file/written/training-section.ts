import type { GateOptions } from '../../contracts/gate.ts';
import type { LoopPolicy } from '../../contracts/loop.ts';
import { DEFAULT_HELD_OUT } from '../loop-policy.ts';
import { GROUND_TRUTH } from '../schema/training.ts';
import { placeOf } from './pool-and-masks.ts';

/** Section `training`. */
export function trainingSection({ iteration: { training }, heldOutTask }: LoopPolicy): object {
  const { model, maxEpochs, window, gate } = training;
  return {
    model,
    ...(maxEpochs === null ? {} : { maxEpochs }),
    ...(window === undefined ? {} : { trainWindow: `${window.from}-${window.to} ${window.timeZone}` }),
    ...(gate === undefined ? {} : gateKeys(gate)),
    ...(heldOutTask === null ? heldOutKeys(training) : { heldOutFrames: heldOutTask.frames }),
  };
}

function gateKeys({ policy, floors: { all, classes } }: GateOptions): object {
  const byClass = { ...(all === null ? {} : { all }), ...classes };
  if (Object.keys(byClass).length === 0) return { gate: policy };
  return { gate: policy, gateFloor: Object.keys(classes).length === 0 ? all : byClass };
}

function heldOutKeys({ heldOut, heldOutFraction }: LoopPolicy['iteration']['training']): object {
  switch (heldOut?.kind) {
    case 'names':
      return { heldOut: heldOut.list.uri };
    case 'folder':
      return { heldOutImages: placeOf(heldOut.images.uri), heldOutMasks: placeOf(heldOut.masks.uri) };
    case 'task':
      return { heldOutTask: heldOut.task };
    case 'ground-truth':
      return { heldOut: GROUND_TRUTH, ...(heldOut.task === null ? {} : { heldOutTask: heldOut.task }) };
    case undefined:
      break;
  }
  return heldOutFraction === DEFAULT_HELD_OUT ? {} : { heldOut: heldOutFraction };
}
