export { doctorWorkflow } from './doctor.ts';
export { iterationWorkflow } from './iteration.ts';
