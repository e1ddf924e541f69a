export { doctorWorkflow } from './doctor.ts';
export { iterationWorkflow } from './iteration.ts';
export { projectCategoriesWorkflow } from './project-categories.ts';
