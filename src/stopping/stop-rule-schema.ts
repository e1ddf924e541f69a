import { z } from 'zod';
import { STOP_ACTIONS, type StopRule } from '../contracts/stop-rules.ts';

const action = z.enum(STOP_ACTIONS);
const most = z.number().positive().nullable();

/** A rule as the policy of a loop has it. */
export const stopRuleSchema: z.ZodType<StopRule> = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('plateau'), action, iterations: z.int().min(2), minSlope: z.number() }),
  z.object({ rule: z.literal('target'), action, dice: z.number().min(0).max(1) }),
  z.object({ rule: z.literal('corrections'), action, below: z.number().min(0).max(1) }),
  z.object({ rule: z.literal('budget'), action, frames: most, iterations: most, days: most }),
  z.object({ rule: z.literal('empty-pool'), action }),
]);
