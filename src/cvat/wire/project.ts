import { z } from 'zod';

export const projectWire = z.object({ id: z.int(), name: z.string() });
export const labelWire = z.object({ id: z.int(), name: z.string() });
