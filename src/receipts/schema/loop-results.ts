import { z } from 'zod';
import { artifact } from './refs.ts';

const action = z.enum(['stop', 'ask', 'note']);

/** What the rules found that may end a loop. */
export const stopping = z.object({
  findings: z
    .array(
      z.object({
        rule: z.enum(['plateau', 'target', 'corrections', 'budget', 'empty-pool']).describe('rule'),
        action: action.describe('what becomes of the loop if it proposes to stop'),
        proposes: z.boolean().describe('whether it does'),
        value: z.number().nullable().describe('what was measured'),
        limit: z.number().nullable().describe('what it was held against'),
        interval: z.object({ low: z.number(), high: z.number() }).nullable().describe('95 % interval of the value'),
        words: z.string().describe('the same in a sentence'),
      }),
    )
    .describe('each rule of the loop'),
  proposes: action.nullable().describe('the strictest action that is proposed'),
  points: artifact.describe('the numbers of all iterations of the loop so far'),
});
