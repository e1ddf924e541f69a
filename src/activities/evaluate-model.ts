import type { IterationActivities } from '../contracts/activities.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { EvaluationManifest, SubmissionManifest } from '../contracts/manifests.ts';
import type { ModelRef } from '../contracts/training.ts';
import { dice, overlapByClass, type Overlap } from '../coco/compare.ts';
import type { Mask } from '../coco/mask.ts';
import { narrowMask } from '../coco/narrow-mask.ts';
import { readMask } from '../coco/read-mask.ts';
import { writeMask } from '../coco/write-mask.ts';
import type { Trainer } from '../trainer/trainer.ts';
import { categoriesOf } from './categories-of.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { readSubmission } from './read-manifest.ts';
import { requireTrainer } from './training-of.ts';

type Submitted = SubmissionManifest['frames'][number];
type Evaluated = EvaluationManifest['frames'][number];

async function requirePublished(trainer: Trainer, model: ModelRef, signal: AbortSignal): Promise<void> {
  const now = await trainer.publishedModel(model.model, signal);
  if (now?.checksum === model.checksum) return;
  throw new MaskloopError(
    'ModelReplaced',
    `MONAI Label now publishes ${now?.checksum ?? 'no model'} as "${model.model}"; this iteration trained ${model.checksum}.`,
    {
      facts: { model: model.model, trained: model.checksum, published: now?.checksum ?? null },
    },
  );
}

/** A prediction in category ids. The model's label indices mean nothing outside of it. */
function inCategories(predicted: Mask, categoryOf: ReadonlyMap<number, number>, frame: Submitted): Mask {
  const values = Uint16Array.from(predicted.values, (index) => (index === 0 ? 0 : (categoryOf.get(index) ?? -1)));
  const unknown = predicted.values.find((index) => index !== 0 && !categoryOf.has(index));
  if (unknown !== undefined) {
    throw new MaskloopError(
      'MonaiUnexpectedAnswer',
      `The model predicts label index ${unknown} for frame "${frame.name}", which no category has.`,
      {
        facts: { frame: frame.name, index: unknown },
      },
    );
  }
  return narrowMask({ ...predicted, values });
}

function add(total: Map<number, Overlap>, part: ReadonlyMap<number, Overlap>): void {
  for (const [id, { both, a, b }] of part) {
    const sum = total.get(id) ?? { both: 0, a: 0, b: 0 };
    total.set(id, { both: sum.both + both, a: sum.a + a, b: sum.b + b });
  }
}

/** Dice over all pixels of all frames together, by class name; the mean is over the classes that occur. */
export function diceOf(
  overlaps: ReadonlyMap<number, Overlap>,
  categories: readonly { id: number; name: string }[],
): {
  meanDice: number | null;
  perClass: Record<string, number | null>;
} {
  const perClass = Object.fromEntries(
    categories.map(({ id, name }) => [name, dice(overlaps.get(id) ?? { both: 0, a: 0, b: 0 })]),
  );
  const values = Object.values(perClass).filter((value) => value !== null);
  const meanDice = values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  return { meanDice, perClass };
}

/** More classes than these would not fit into a history; the manifest leads to all of them. */
const MAX_CLASSES = 100;

function bounded<T extends { perClass: Record<string, number | null> }>(measured: T): T {
  return { ...measured, perClass: Object.fromEntries(Object.entries(measured.perClass).slice(0, MAX_CLASSES)) };
}

/** Predicts the held-out frames with the new model; predictions are stored, so that the metric can be computed again. */
export function createEvaluateModel({ connect, store }: ActivityDependencies): IterationActivities['evaluateModel'] {
  return durable(async ({ input, submission: submitted, model }, { signal, report }) => {
    const trainer = requireTrainer(connect(input.connection), input.connection);
    const submission = await readSubmission(store, submitted.manifest);
    const categories = (await categoriesOf(store, input)).map(({ id, name }) => ({ id, name }));
    const categoryOf = new Map(
      Object.entries(submission.modelIndexOf).map(([category, index]) => [index, Number(category)]),
    );
    const heldOut = submission.frames.filter(({ part }) => part === 'heldOut');
    await requirePublished(trainer, model, signal);
    const overlaps = new Map<number, Overlap>();
    const frames: Evaluated[] = [];
    for (const frame of heldOut) {
      const label = readMask(await store.get(frame.label), frame.name);
      const answer = readMask(await trainer.predict(model.model, frame.imageId, signal), `prediction of ${frame.name}`);
      const prediction = inCategories(answer, categoryOf, frame);
      add(overlaps, overlapByClass(label, prediction));
      frames.push({ name: frame.name, label: frame.label, prediction: await store.put(writeMask(prediction)) });
      report({ phase: 'prediction', done: frames.length, total: heldOut.length });
    }
    await requirePublished(trainer, model, signal);
    const manifest: EvaluationManifest = { categories, frames };
    return {
      manifest: await store.put(Buffer.from(JSON.stringify(manifest))),
      frames: frames.length,
      ...bounded(diceOf(overlaps, categories)),
    };
  });
}
