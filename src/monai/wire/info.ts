import { z } from 'zod';

/** Labels by index, or in the order of their indices from 1; a single name or null where a model declares them so. */
const labels = z
  .union([z.record(z.string(), z.int()), z.array(z.string()), z.string(), z.null()])
  .transform((given): Readonly<Record<string, number>> => {
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given;
    const names = given === null ? [] : [given].flat();
    return Object.fromEntries(names.map((name, position) => [name, position + 1]));
  });

/** Answer of `GET /info/`, as far as it is used. */
export const infoSchema = z.object({
  name: z.string(),
  version: z.string(),
  models: z.record(z.string(), z.object({ labels })),
  trainers: z.record(z.string(), z.unknown()),
  strategies: z.record(z.string(), z.unknown()).default({}),
});
