import { z } from 'zod';

/** A row of `GET /api/users`; only administrators are told whether somebody may log in. */
export const personWire = z
  .object({ id: z.int(), username: z.string(), is_active: z.boolean().optional() })
  .transform(({ id, username, is_active: isActive = true }) => ({ id, username, isActive }));

/** A row of `GET /api/memberships`; not active while an invitation is open. */
export const memberWire = z
  .object({
    id: z.int(),
    user: z.object({ id: z.int(), username: z.string() }).nullable(),
    is_active: z.boolean(),
  })
  .transform(({ id, user, is_active: isActive }) => ({ id, user, isActive }));
