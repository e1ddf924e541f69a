import type { IterationPlan } from '../../../../src/contracts/plan.ts';

/** What a start does, in sentences. @param model what is trained afterwards; null for nothing */
export function startWords({ project, task, dataset, prediction }: IterationPlan, model: string | null): string {
  const where = `${project.name} / ${task.name}`;
  const made = task.id === null ? `The task ${where} is made in CVAT. ` : '';
  const what =
    prediction === undefined
      ? `${dataset?.shapes ?? 0} shapes are put into ${where} as pre-annotations. `
      : `The published model of ${prediction.model} predicts masks, which are put into ${where} as pre-annotations. `;
  const after = model === null ? 'are sealed, and nothing is trained' : `are sealed, and ${model} is trained`;
  return `${made}${what}Then people are waited for. Once they are done their labels ${after}.`;
}
