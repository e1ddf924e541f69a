import type { LoopPolicy } from '../../contracts/loop.ts';
import { countOf } from '../../contracts/count-of.ts';
import { DEFAULT_GATE, type Floors } from '../../contracts/gate.ts';

type Training = LoopPolicy['iteration']['training'];

/** What is trained, held out and published, in words. */
export function trainingRows(
  training: Training,
  own: LoopPolicy['heldOutTask'],
): readonly (readonly [string, string])[] {
  const { model, maxEpochs, window } = training;
  const epochs = maxEpochs === null ? "the trainer's own number of epochs" : countOf(maxEpochs, 'epoch');
  const hours = window === undefined ? 'at any time' : `begun from ${window.from} to ${window.to} ${window.timeZone}`;
  const { policy, floors } = training.gate ?? DEFAULT_GATE;
  const published = { always: 'always', 'if-better': 'if it is better', ask: 'when a person says so' }[policy];
  return [
    ['model', `${model}, ${epochs}, ${hours}`],
    ['held out', heldOutWords(training, own)],
    ['published', `${published}${floorWords(floors)}`],
  ];
}

function heldOutWords({ heldOut, heldOutFraction }: Training, own: LoopPolicy['heldOutTask']): string {
  if (own !== null) return `${countOf(own.frames, 'frame')} that people label first, in a task of their own`;
  if (heldOut === undefined)
    return heldOutFraction === 0 ? 'nothing' : `${heldOutFraction} of the frames of each iteration`;
  if (heldOut.kind === 'task') return `all that task "${heldOut.task}" was sealed with`;
  if (heldOut.kind === 'ground-truth') {
    return `frames and labels of the ground truth job of ${heldOut.task === null ? 'each task' : `task "${heldOut.task}"`}`;
  }
  if (heldOut.kind === 'names') return 'the frames that a list names';
  return `${countOf(heldOut.images.files, 'image')} of a folder of their own`;
}

function floorWords({ all, classes }: Floors): string {
  const own = Object.entries(classes).map(([name, floor]) => `${name} ${floor}`);
  const every = all === null ? [] : [`every${own.length === 0 ? '' : ' other'} class ${all}`];
  const floors = [...own, ...every];
  return floors.length === 0 ? '' : `; least Dice: ${floors.join(', ')}`;
}
