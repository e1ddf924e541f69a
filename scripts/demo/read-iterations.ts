import { iterationId } from '../../src/contracts/ids.ts';
import { readReceipt } from '../../src/receipts/read-receipt.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';
import { DEMO_LOOP } from './loop-file.ts';

/** What the receipt of an iteration says of it. */
export interface IterationFigures {
  readonly task: string;
  readonly id: string;
  readonly frames: number;
  /** Mean Dice of pre-annotations and final labels. */
  readonly agreement: number;
  /** Mean Dice on the held-out frames. */
  readonly before: number;
  readonly after: number;
  /** What became of the new model: `promoted`, `put back`, … */
  readonly outcome: string;
  /** Why, in words. */
  readonly reasons: readonly string[];
}

/** The figures of all iterations of the demo. @throws Error if one of them was not measured */
export async function readIterations(store: ArtifactStore): Promise<readonly IterationFigures[]> {
  const { connection, project, taskName, iterations } = DEMO_LOOP;
  const figures: IterationFigures[] = [];
  for (let number = 1; number <= iterations; number += 1) {
    const task = taskName.replace('{n}', String(number));
    const id = iterationId({ connection, project, task });
    const { labels, comparison, evaluation, promotion } = (await readReceipt(store, id))?.results ?? {};
    const agreement = comparison !== undefined && 'meanDice' in comparison ? comparison.meanDice : null;
    const before = evaluation?.gate?.before?.dice ?? null;
    const after = evaluation?.meanDice ?? null;
    if (labels === undefined || agreement === null || before === null || after === null) {
      throw new Error(`the receipt of ${id} lacks labels, an agreement or a Dice`);
    }
    figures.push({
      task,
      id,
      frames: labels.frames,
      agreement,
      before,
      after,
      outcome: promotion?.outcome ?? 'not known',
      reasons: promotion?.reasons ?? [],
    });
  }
  return figures;
}
