export { doctorWorkflow } from './doctor.ts';
export { iterationWorkflow } from './iteration.ts';
export { planWorkflow } from './plan.ts';
export { publishModelWorkflow } from './publish-model.ts';
export { restoreWorkflow } from './restore.ts';
export { trainingTurnsWorkflow } from './training-turns.ts';
export { projectCategoriesWorkflow } from './project-categories.ts';
