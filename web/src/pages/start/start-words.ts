import type { IterationPlan } from '../../../../src/contracts/plan.ts';

type Planned = Pick<IterationPlan, 'project' | 'task' | 'dataset' | 'prediction' | 'fromScratch' | 'observed'>;

/** What a start does, in sentences. @param model what is trained afterwards; null for nothing */
export function startWords(plan: Planned, model: string | null): string {
  const { project, task } = plan;
  const where = `${project.name} / ${task.name}`;
  const made = task.id === null ? `The task ${where} is made in CVAT. ` : '';
  const after = model === null ? 'are sealed, and nothing is trained' : `are sealed, and ${model} is trained`;
  return `${made}${importWords(plan, where)} Then people are waited for. Once they are done their labels ${after}.`;
}

function importWords({ dataset, prediction, fromScratch, observed }: Planned, where: string): string {
  if (observed === true) return `${where} is only observed: nothing is written to CVAT.`;
  if (fromScratch === true) return `Nothing is put into ${where}: people begin from scratch.`;
  if (prediction !== undefined) {
    return `The published model of ${prediction.model} predicts masks, which are put into ${where} as pre-annotations.`;
  }
  return `${dataset?.shapes ?? 0} shapes are put into ${where} as pre-annotations.`;
}
