import { z } from 'zod';
import type { Receipt } from '../../contracts/receipt.ts';

const agreement = z.object({ dice: z.number().nullable() });

const gateSchema = z.object({
  before: agreement.nullable(),
  after: agreement,
  difference: z.number().nullable(),
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  groups: z.number(),
  verdict: z.string(),
  reasons: z.array(z.string()),
  classes: z.object({
    first: z.array(
      z.object({ name: z.string(), before: agreement.nullable(), after: agreement, floor: z.number().nullable() }),
    ),
  }),
});

/** The model before and after on the same held-out frames, and which is better. */
export type Gate = z.infer<typeof gateSchema>;

const promotionSchema = z.object({
  policy: z.string(),
  outcome: z.string(),
  reasons: z.array(z.string()),
  by: z.string().nullable(),
});

/** What became of the new model. */
export type Promotion = z.infer<typeof promotionSchema>;

/** The comparison of the models; null in a receipt that has none. */
export function gateOf({ results }: Receipt): Gate | null {
  const found = z.object({ gate: gateSchema }).safeParse(results.evaluation);
  return found.success ? found.data.gate : null;
}

/** What became of the new model; null in a receipt that does not say. */
export function promotionOf({ results }: Receipt): Promotion | null {
  const found = z.object({ promotion: promotionSchema }).safeParse(results);
  return found.success ? found.data.promotion : null;
}
