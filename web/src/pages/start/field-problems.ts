import type { FailureCode } from '../../../../src/contracts/failures.ts';
import type { IterationPlan } from '../../../../src/contracts/plan.ts';
import { isRefusal } from '../../requests/refusal.ts';
import { OPTION_NAMES, type OptionName } from './options/option-texts.ts';

/** Fields beside the options at which something may be wrong. */
export type FieldName = 'connection' | 'project' | 'task' | 'people' | 'masks' | 'images' | 'classes' | 'model';

/** What is wrong with what stands in fields, sentences each. */
export type FieldProblems = Readonly<Partial<Record<FieldName | OptionName, readonly string[]>>>;

const MASKS = [
  'NotAPng',
  'TruncatedPng',
  'CorruptPng',
  'ImageTooLarge',
  'TooManyComponents',
  'FrameSizeMismatch',
  'EmptyMaskFolder',
  'FrameMismatch',
] as const;

/** At which field people would mend it. */
const FIELD_OF: Readonly<Partial<Record<FailureCode, FieldName | OptionName>>> = {
  ConnectionUnknown: 'connection',
  ProjectNotFound: 'project',
  ProjectAmbiguous: 'project',
  TaskNotFound: 'task',
  TaskAmbiguous: 'task',
  TaskGone: 'task',
  ...Object.fromEntries(MASKS.map((code) => [code, 'masks'] as const)),
  ColourImage: 'masks',
  UndeclaredCategory: 'unknown',
  NoImages: 'images',
  ImagesDiffer: 'images',
  InvalidCategories: 'classes',
  LabelMissing: 'classes',
  ModelNotFound: 'model',
  PredictionFromUntrainedModel: 'model',
  ModelUnknown: 'model',
  TaskHoldsOtherShapes: 'scope',
  JobsStarted: 'scope',
  NoFreeJobs: 'scope',
  HeldOutMissing: 'heldOut',
  GroundTruthMissing: 'heldOut',
};

/** Parts of a request, and the fields that they come from; the first that fits. */
const FIELD_AT: readonly (readonly [string, FieldName | OptionName])[] = [
  ['connection', 'connection'],
  ['project', 'project'],
  ['task', 'task'],
  ['people', 'people'],
  ['masks', 'masks'],
  ['images', 'images'],
  ['training.model', 'model'],
  ['training.window', 'window'],
  ['training.heldOut', 'heldOut'],
  ['training.gate', 'floors'],
  ['training.maxEpochs', 'maxEpochs'],
  ['training.group', 'groupPattern'],
  ['completion.deadline', 'deadline'],
  ['completion.atLeast', 'completeShare'],
  ['completion.pollMs', 'poll'],
  ['review', 'review'],
  ['conversion.shardSize', 'shardSize'],
  ['conversion.rules.values', 'map'],
  ['conversion.rules.ignore', 'ignore'],
  ['notices', 'notify'],
  ['suffix', 'suffix'],
  ['share', 'shareFolder'],
];

/** What a plan finds wrong, at the fields where it is mended. @param names what the fields hold that name people */
export function planProblems(
  plan: Pick<IterationPlan, 'troubles' | 'later'> | undefined,
  names: Readonly<Partial<Record<'review' | 'reassignTo', readonly string[]>>>,
): FieldProblems {
  const found = new Map<string, string[]>();
  for (const { code, message, facts } of [...(plan?.troubles ?? []), ...(plan?.later ?? [])]) {
    const field = code === 'PersonNotFound' ? fieldOfPerson(facts['missing'], names) : FIELD_OF[code];
    if (field !== undefined) found.set(field, [...(found.get(field) ?? []), message]);
  }
  return Object.fromEntries(found);
}

/** What the server refuses of a request, at the fields that it names. */
export function refusalProblems(error: unknown): FieldProblems {
  if (!isRefusal(error)) return {};
  const { code, facts, detail } = error.problem;
  if (code !== 'RequestInvalid') {
    const field = Object.entries(FIELD_OF).find(([known]) => known === code)?.[1];
    return field === undefined ? {} : { [field]: [detail] };
  }
  const fields: unknown = facts['fields'];
  const found = new Map<string, string[]>();
  for (const one of Array.isArray(fields) ? (fields as readonly unknown[]) : []) {
    if (typeof one !== 'object' || one === null || !('field' in one) || !('problem' in one)) continue;
    const at = String(one.field).replace(/^body\.input\./, '');
    const field = FIELD_AT.find(([part]) => at === part || at.startsWith(`${part}.`))?.[1];
    if (field !== undefined) found.set(field, [...(found.get(field) ?? []), String(one.problem)]);
  }
  return Object.fromEntries(found);
}

/** The problems of options alone, a sentence each. */
export function optionPart(problems: FieldProblems): Partial<Record<OptionName, string>> {
  const named = OPTION_NAMES.flatMap((name) => {
    const sentences = problems[name];
    return sentences === undefined ? [] : [[name, sentences.join(' ')] as const];
  });
  return Object.fromEntries(named);
}

function fieldOfPerson(
  missing: unknown,
  names: Readonly<Partial<Record<'review' | 'reassignTo', readonly string[]>>>,
): FieldName | OptionName {
  const [name] = Array.isArray(missing) ? (missing as readonly unknown[]) : [];
  if (names.review?.some((one) => one === name) === true) return 'review';
  return names.reassignTo?.some((one) => one === name) === true ? 'reassignTo' : 'people';
}
