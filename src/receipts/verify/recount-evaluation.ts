import {
  DEFAULT_GATE,
  type Agreement,
  type ClassChange,
  type GateMeasures,
  type Judgement,
} from '../../contracts/gate.ts';
import type { Receipt } from '../../contracts/receipt.ts';
import type { EvaluationRef } from '../../contracts/training.ts';
import { compareModels, type MeasuredModel, type ModelComparison } from '../../gate/compare-models.ts';
import { judge } from '../../gate/judge.ts';
import { stillMeasured } from '../../gate/still-measured.ts';
import { withOthers } from '../../gate/with-others.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { countGroups } from '../count-groups.ts';
import { readClassChanges, readEvaluatedFrames, type EvaluatedFrames } from '../manifests.ts';
import { recount, type Recounting } from './recount.ts';
import type { Recount } from './verification.ts';

/** As many digits as a sum of exact counts keeps. */
const DIGITS = 12;

/** Both models on the held-out frames and which is better, from the stored labels and predictions of both. */
export function recountEvaluation(receipt: Receipt, evaluation: EvaluationRef): Recounting {
  return {
    at: 'results.evaluation',
    count: async (store, signal) => {
      const { categories, frames } = await readEvaluatedFrames(store, evaluation.manifest);
      const after = {
        checksum: receipt.results.model?.checksum ?? evaluation.gate?.after.checksum ?? '',
        groups: await countGroups(store, { frames }, signal),
      };
      const before = await measuredBefore(store, receipt, frames, signal);
      const { floors } = receipt.input.training?.gate ?? DEFAULT_GATE;
      const counted = compareModels({ before, after }, categories, floors);
      const judged = withOthers(judge(counted, frames.length, evaluation.forgotten), frames);
      const listed = evaluation.classes === undefined ? null : await readClassChanges(store, evaluation.classes);
      return [
        recount('held-out frames', evaluation.frames, frames.length),
        ...filesOf(receipt),
        ...diceOf(evaluation, counted),
        ...(evaluation.gate === undefined ? [] : gateOf(evaluation.gate, counted, judged)),
        ...(listed === null ? [] : [recount('all classes', textOf(listed), textOf(counted.classes))]),
      ];
    },
  };
}

/** @param measured frames that the new model was measured on */
async function measuredBefore(
  store: ArtifactStore,
  { results: { modelBefore } }: Receipt,
  measured: EvaluatedFrames['frames'],
  signal: AbortSignal,
): Promise<MeasuredModel | null> {
  if (modelBefore?.checksum == null || modelBefore.manifest === null) return null;
  const { frames } = await readEvaluatedFrames(store, modelBefore.manifest);
  const compared = { frames: stillMeasured(frames, measured) };
  return { checksum: modelBefore.checksum, groups: await countGroups(store, compared, signal) };
}

/** The files of both models are read and hashed like all artifacts; here is whether they are those of the checksums. */
function filesOf({ results: { model, modelBefore, evaluation } }: Receipt): Recount[] {
  const [old, now] = [modelBefore?.file, evaluation?.file];
  return [
    ...(now === undefined || model === undefined
      ? []
      : [recount('file of the new model', model.checksum, `SHA256:${now.sha256}`)]),
    ...(old == null
      ? []
      : [recount('file of the model before', modelBefore?.checksum ?? 'none', `SHA256:${old.sha256}`)]),
  ];
}

function diceOf({ meanDice, perClass }: EvaluationRef, counted: ModelComparison): Recount[] {
  const dice = new Map(counted.classes.map(({ name, after }) => [name, after.dice]));
  return [
    ...Object.entries(perClass).map(([name, stated]) =>
      recount(`Dice of ${name}`, digits(stated), digits(dice.get(name))),
    ),
    recount('mean Dice', digits(meanDice), digits(counted.after.dice)),
  ];
}

function gateOf(stated: GateMeasures & Judgement, counted: ModelComparison, judged: Judgement): Recount[] {
  const { first, total } = stated.classes;
  return [
    recount('model before', modelText(stated.before), modelText(counted.before)),
    recount('new model', modelText(stated.after), modelText(counted.after)),
    recount('difference of the mean Dice', digits(stated.difference), digits(counted.difference)),
    recount('interval of the difference', textOf(stated.interval), textOf(counted.interval)),
    recount('groups of held-out frames', stated.groups, counted.groups),
    recount('classes of the models', total, counted.classes.length),
    ...first.map((change, index) =>
      recount(`${change.name} before and after`, textOf(change), textOf(counted.classes[index] ?? null)),
    ),
    recount('verdict', verdictText(stated), verdictText(judged)),
  ];
}

function modelText(model: (Agreement & { readonly checksum: string }) | null): string {
  return model === null ? 'none' : `${model.checksum}, Dice ${digits(model.dice)}, IoU ${digits(model.iou)}`;
}

function verdictText({ verdict, reasons }: Judgement): string {
  return `${verdict}: ${reasons.join('; ')}`;
}

/** JSON in which equal values have equal text: keys sorted, numbers cut. */
function textOf(value: readonly ClassChange[] | ClassChange | GateMeasures['interval']): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'number') return Number(part.toFixed(DIGITS));
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function digits(value: number | null | undefined): string {
  if (value === undefined) return 'no such class';
  return value === null ? 'absent' : String(Number(value.toFixed(DIGITS)));
}
