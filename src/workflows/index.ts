export { iterationWorkflow } from './iteration.ts';
