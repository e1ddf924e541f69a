import type { AddCommand } from '../command.ts';
import { addLoopCheck } from './loop-check.ts';
import { addLoopRuns } from './loop-runs.ts';
import { addLoopSteering } from './loop-steering.ts';

/** Loops: iteration after iteration, as a file says. */
export const addLoop: AddCommand = (program, context, end) => {
  const parent = program.command('loop').description('iteration after iteration, as maskloop.yaml says');
  addLoopCheck(parent, context, end);
  addLoopRuns(parent, context, end);
  addLoopSteering(parent, context, end);
};
