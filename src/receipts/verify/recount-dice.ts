import type { EvaluationRef } from '../../contracts/training.ts';
import { dice, overlapByClass, type Overlap } from '../../coco/compare.ts';
import { readMask } from '../../coco/read-mask.ts';
import { readEvaluatedFrames } from '../manifests.ts';
import { recount, type Recounting } from './recount.ts';
import type { Recount } from './verification.ts';

/** As many digits as a sum of exact counts keeps. */
const DIGITS = 12;

/** Dice of the held-out frames, from the stored labels and predictions. */
export function recountDice(evaluation: EvaluationRef): Recounting {
  return {
    at: 'results.evaluation',
    count: async (store, signal) => {
      const { categories, frames } = await readEvaluatedFrames(store, evaluation.manifest);
      const total = new Map<number, Overlap>();
      for (const { name, label, prediction } of frames) {
        signal.throwIfAborted();
        const overlaps = overlapByClass(
          readMask(await store.get(label), name),
          readMask(await store.get(prediction), `prediction of ${name}`),
        );
        for (const [id, { both, a, b }] of overlaps) {
          const sum = total.get(id) ?? { both: 0, a: 0, b: 0 };
          total.set(id, { both: sum.both + both, a: sum.a + a, b: sum.b + b });
        }
      }
      const counted = new Map(categories.map(({ id, name }) => [name, dice(total.get(id) ?? { both: 0, a: 0, b: 0 })]));
      return [recount('held-out frames', evaluation.frames, frames.length), ...compared(evaluation, counted)];
    },
  };
}

function compared({ meanDice, perClass }: EvaluationRef, counted: ReadonlyMap<string, number | null>): Recount[] {
  const present = [...counted.values()].filter((value) => value !== null);
  const mean = present.length === 0 ? null : present.reduce((sum, value) => sum + value, 0) / present.length;
  return [
    ...Object.entries(perClass).map(([name, stated]) =>
      recount(`Dice of ${name}`, digits(stated), digits(counted.get(name))),
    ),
    recount('mean Dice', digits(meanDice), digits(mean)),
  ];
}

function digits(value: number | null | undefined): string {
  if (value === undefined) return 'no such class';
  return value === null ? 'absent' : String(Number(value.toFixed(DIGITS)));
}
