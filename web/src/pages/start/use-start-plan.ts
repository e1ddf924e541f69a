import { useMemo } from 'react';
import { planIteration } from '../../../../src/api/endpoints/starting.ts';
import type { IterationInput } from '../../../../src/contracts/iteration.ts';
import type { IterationPlan } from '../../../../src/contracts/plan.ts';
import type { ArtifactRef } from '../../../../src/contracts/refs.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { useNow } from '../../time/use-now.ts';
import type { SentFiles } from '../../uploads/sent-files.ts';
import { planProblems, refusalProblems, type FieldProblems } from './field-problems.ts';
import { namedFiles } from './named-files.ts';
import { namesIn } from './options/option-reader.ts';
import { readStart, type StartForm } from './start-form.ts';

/** The plan of what stands in the fields. */
export interface StartPlan {
  /** What the plan is of; null while something is missing. */
  readonly input: IterationInput | null;
  readonly missing: readonly string[];
  readonly query: { readonly data: IterationPlan | undefined; readonly error: unknown };
  /** What is wrong, at the fields where it is mended. */
  readonly problems: FieldProblems;
}

/** A plan with a deadline is made anew so often, in milliseconds. */
const EVERY_MS = 10 * 60_000;

/** Plans what would be started; files that the server lacks are sent again. A deadline after some time is counted from the last ten minutes on. */
export function useStartPlan(
  form: StartForm,
  categories: ArtifactRef | null,
  { withFiles }: Pick<SentFiles, 'withFiles'>,
): StartPlan {
  const from = Math.floor(useNow() / EVERY_MS) * EVERY_MS;
  const { input, missing, problems } = useMemo(
    () => readStart(form, categories, new Date(from)),
    [form, categories, from],
  );
  const asking = input === null ? {} : { body: { input } };
  const { data, error } = useAnswer(planIteration, asking, {
    enabled: input !== null,
    around: async (request) => withFiles(input === null ? [] : namedFiles(input), request),
  });
  const names = { review: namesIn(form.options.review), reassignTo: namesIn(form.options.reassignTo) };
  const found = input === null ? {} : { ...planProblems(data, names), ...refusalProblems(error) };
  const written = Object.fromEntries(Object.entries(problems).map(([name, sentence]) => [name, [sentence]]));
  return { input, missing, query: { data, error }, problems: { ...found, ...written } };
}
